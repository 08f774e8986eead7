package io.dcssync.cli;

import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.demo.Comparison;
import io.dcssync.listapi.ListedTask;
import io.dcssync.simulator.Simulator;
import io.dcssync.source.Pass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;

/** The end of a demo: the simulator comes to rest, is read once more, and the ledger is held against it. */
final class LastLook {

    private final Settings settings;
    private final ScheduledJob job;
    private final Simulator simulator;
    private final Comparison comparison;

    LastLook(Settings settings, ScheduledJob job, Simulator simulator, DataSource ledger) {
        this.settings = settings;
        this.job = job;
        this.simulator = simulator;
        this.comparison = new Comparison(ledger);
    }

    /** Makes passes until the ledger is right, as many as it takes to call a task missing, and returns how it is then. */
    Comparison take() throws Exception {
        simulator.calm();
        int passes = 0;
        do {
            for (SourceSettings source : simulated()) {
                Pass unused = job.sync(source.name());
                comparison.compare(source.name(), listed(source));
            }
            passes++;
        } while (passes < settings.sync().missingAfter() && !comparison.isRight());
        return comparison;
    }

    private List<SourceSettings> simulated() {
        return settings.sources().stream()
                .filter(source -> source.enabled() && source.endpoint().equals(simulator.url()))
                .toList();
    }

    private List<String> listed(SourceSettings source) {
        return simulator.list(source.projectId()).tasks().stream()
                .filter(task ->
                        task.text("task_name").contains(source.nameFilter().orElse("")))
                .map(ListedTask::json)
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }
}
