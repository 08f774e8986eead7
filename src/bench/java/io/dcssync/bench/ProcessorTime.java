package io.dcssync.bench;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of all threads, the collector's too: what is left of a measurement where others use the machine.
 * Public for JMH, which makes it.
 */
public final class ProcessorTime implements InternalProfiler {

    /** The name of its result, in µs. */
    static final String NAME = "processor-time";

    private final com.sun.management.OperatingSystemMXBean process =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    private long before;

    @Override
    public String getDescription() {
        return NAME;
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = process.getProcessCpuTime();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double microseconds = (process.getProcessCpuTime() - before) / 1000.0;
        return List.of(new ScalarResult(
                NAME, microseconds / result.getMetadata().getAllOps(), "µs/op", AggregationPolicy.AVG));
    }
}
