package io.dcssync.source.auth;

/**
 * A project of an account.
 *
 * @param name the region's, or the region's and a name of its own, such as {@code eu-de_team}
 */
public record Project(String id, String name) {}
