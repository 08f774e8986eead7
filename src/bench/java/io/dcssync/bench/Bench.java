package io.dcssync.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The benchmarks; {@code bin/bench} starts them. */
@Command(
        name = "bin/bench",
        description = "Measures what dcs-sync costs on this machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {PassBench.class, SourcesBench.class, AlertsBench.class, PartsBench.class})
final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
