package io.dcssync.config;

import java.net.URI;

/**
 * Sources of which each reads one project of an account, found when a command starts.
 *
 * @param source what they have in common; its name begins theirs, its project id is empty
 * @param iamEndpoint base URL of IAM, which names the projects, without a slash at its end
 */
public record ProjectSearch(SourceSettings source, URI iamEndpoint) {}
