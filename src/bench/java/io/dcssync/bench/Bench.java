package io.dcssync.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks; {@code bin/bench} starts them. */
@Command(
        name = "bin/bench",
        description = "Measures what dcs-sync costs on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {PassBench.class, SourcesBench.class, AlertsBench.class})
final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
