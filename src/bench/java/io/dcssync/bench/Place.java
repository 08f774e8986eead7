package io.dcssync.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a benchmark finds the program and keeps its data. */
final class Place {

    @Option(names = "--home", required = true, hidden = true)
    private Path home;

    @Option(names = "--folder", description = "where PostgreSQL keeps the data; default: target/bench")
    private Path folder;

    Path home() {
        return home;
    }

    Path folder() {
        return folder == null ? home.resolve("target/bench") : folder;
    }
}
