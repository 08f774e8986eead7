package io.dcssync.cli;

import io.dcssync.report.CsvReport;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a report as CSV, read and written a page at a time: memory does not grow with their number. Empty where there
 * is none. How far it is may be asked from another thread.
 */
final class TaskSheet {

    private static final int PAGE = 2_000;

    /** @param count how many tasks there were when it began */
    private record State(long written, long count, long began) {

        State and(int more) {
            return new State(written + more, count, began);
        }
    }

    private final Job job;
    private volatile State state;

    TaskSheet(Job job) {
        this.job = job;
    }

    /** Writes it; {@code which} are the parameters of the statements. */
    void writeTo(Writer out, Map<String, Object> which) throws IOException {
        Map<String, Object> next = new HashMap<>(which);
        next.putAll(Map.of("afterSource", "", "afterTask", "", "most", PAGE));
        long count = Long.parseLong(job.askForText("count-report-tasks", which));
        state = new State(0, count, System.nanoTime());
        for (List<Map<String, Object>> page = page(next); !page.isEmpty(); page = page(next)) {
            if (state.written() == 0) {
                out.write(CsvReport.names(page.get(0)));
            }
            for (Map<String, Object> row : page) {
                out.write(CsvReport.line(row));
            }
            // what nobody takes need not be asked for
            out.flush();
            Map<String, Object> last = page.get(page.size() - 1);
            next.putAll(Map.of("afterSource", last.get("source"), "afterTask", last.get("task_id")));
            state = state.and(page.size());
        }
    }

    private List<Map<String, Object>> page(Map<String, Object> next) {
        return job.askForRows("report-tasks", next);
    }

    /** Says how far it is. */
    String howFar() {
        State now = state;
        return now == null
                ? "asking the ledger"
                : HowFar.of(now.written(), now.count(), Duration.ofNanos(System.nanoTime() - now.began()));
    }
}
