package io.dcssync.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the ledger is.
 *
 * @param url a {@code jdbc:postgresql:} URL; empty: the embedded PostgreSQL
 * @param folder where the embedded PostgreSQL keeps its data; empty: where the installation keeps it
 * @param poolSize connections at most
 * @param migrate whether commands bring the schema up to date by themselves
 */
public record DatabaseSettings(
        Optional<String> url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Path> folder,
        int poolSize,
        boolean migrate) {}
