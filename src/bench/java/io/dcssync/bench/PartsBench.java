package io.dcssync.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the parts of a pass cost on their own, measured by JMH. */
@Command(
        name = "parts",
        description = {
            "What the parts of a pass cost on their own, without Camel, HTTP and PostgreSQL.",
            "For each task: reading a page of 1,000 tasks, checking it and writing it as it goes to the ledger, and walking a list"
                    + " of 100 pages. For each request: signing it. Takes two minutes.",
        })
final class PartsBench implements Callable<Integer> {

    private static final List<String> PARTS = List.of(
            "readNewPage",
            "readPageWithOneChange",
            "readSamePage",
            "checkPage",
            "walkNewList",
            "walkSameList",
            "signRequest");

    @Option(names = "--quick", description = "only see that it works; the figures mean nothing")
    private boolean quick;

    @Override
    public Integer call() throws RunnerException {
        System.out.printf("%-26s %26s %26s %10s%n", "median (least–most)", "processor time", "time", "allocated");
        for (String part : PARTS) {
            print(part, measure(part));
        }
        return 0;
    }

    private RunResult measure(String part) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(quick ? 1 : 250);
        return new Runner(new OptionsBuilder()
                        .include("\\." + part + "$")
                        .param("pages", quick ? "1" : "100")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .warmupIterations(quick ? 0 : 20)
                        .warmupTime(time)
                        .measurementIterations(quick ? 1 : 20)
                        .measurementTime(time)
                        .forks(quick ? 0 : 1)
                        // as the job has it
                        .jvmArgs("-XX:+UseSerialGC", "-Xms32m")
                        .addProfiler(ProcessorTime.class)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
    }

    private static void print(String part, RunResult result) {
        System.out.printf(
                Locale.ROOT,
                "%-26s %26s %26s %8.0f B%n",
                part.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT),
                sample(result, each -> each.getSecondaryResults().get(ProcessorTime.NAME)),
                sample(result, IterationResult::getPrimaryResult),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }

    private static String sample(RunResult result, Function<IterationResult, Result<?>> measured) {
        return new Sample(result.getAggregatedResult().getIterationResults().stream()
                        .map(iteration -> measured.apply(iteration).getScore())
                        .toList())
                .text(" µs");
    }
}
