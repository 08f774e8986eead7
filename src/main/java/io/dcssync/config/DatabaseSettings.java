package io.dcssync.config;

import java.util.Optional;

/**
 * Where the ledger is.
 *
 * @param url a {@code jdbc:postgresql:} URL; empty: the embedded PostgreSQL
 * @param poolSize connections at most
 * @param migrate whether commands bring the schema up to date by themselves
 */
public record DatabaseSettings(
        Optional<String> url, Optional<String> user, Optional<Secret> password, int poolSize, boolean migrate) {}
