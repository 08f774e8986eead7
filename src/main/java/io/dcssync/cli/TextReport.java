package io.dcssync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dcssync.report.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The report for a terminal: sections in the order in which somebody would ask, with small bars. */
final class TextReport {

    private static final int BAR = 30;
    private static final int SHOWN = 15;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final JsonNode report;
    private final List<String> lines = new ArrayList<>();

    private TextReport(JsonNode report) {
        this.report = report;
    }

    /** Returns the lines of a report, the answer of the statement report. */
    static String of(JsonNode report) {
        TextReport text = new TextReport(report);
        text.title();
        text.failed();
        text.statuses();
        text.changes();
        text.reasons();
        text.durations();
        text.stuck();
        text.sources();
        text.alerts();
        return String.join("\n", text.lines) + "\n";
    }

    private void title() {
        lines.add("dcs-sync report of %s, since %s"
                .formatted(minute(report.get("made_at")), minute(report.get("since"))));
    }

    private void failed() {
        if (report.get("failed").isEmpty()) {
            section("FAILED NOW: none");
            return;
        }
        section("FAILED NOW: " + report.get("failed_count").asText());
        table(
                List.of("SINCE", "SOURCE", "TASK", "TIMES", "ERROR"),
                List.of("ERROR", "TASK", "SOURCE"),
                report.get("failed"),
                task -> List.of(
                        minute(task.get("failed_since")),
                        text(task, "source"),
                        text(task, "task_name"),
                        text(task, "failure_count"),
                        text(task, "error_message")));
        more(report.get("failed_count").asLong());
    }

    private void statuses() {
        long all = sum("statuses", "tasks");
        section("STATUS NOW: " + all + " tasks listed");
        bars(
                report.get("statuses"),
                status -> "%-9s  %s".formatted(text(status, "status_class"), text(status, "status")),
                "tasks");
    }

    private void changes() {
        JsonNode changes = report.get("changes");
        section("SINCE THEN: %s changes of status, %s failures, %s successes, %s tasks seen for the first time"
                .formatted(
                        text(changes, "transitions"),
                        text(changes, "failures"),
                        text(changes, "successes"),
                        text(changes, "new_tasks")));
        List<JsonNode> days = all("days").stream()
                .filter(day -> text(day, "status_class").equals("failed"))
                .filter(day -> day.get("entered").asLong() > 0)
                .toList();
        if (!days.isEmpty()) {
            lines.add("  came to fail, by day (UTC)");
            bars(days, day -> text(day, "day"), "entered");
        }
    }

    private void reasons() {
        if (!report.get("reasons").isEmpty()) {
            section("WHY THEY FAILED, by day since then");
            for (JsonNode reason : report.get("reasons")) {
                lines.add("  %5s  %s"
                        .formatted(
                                text(reason, "failures"),
                                reason.get("reason").isNull() ? "(without a message)" : text(reason, "reason")));
            }
        }
    }

    private void durations() {
        if (!report.get("durations").isEmpty()) {
            section("HOW LONG MIGRATIONS TOOK that ended since then");
            table(
                    List.of("TYPE", "ENDED AS", "COUNT", "HALF TOOK AT LEAST", "AND AT MOST", "LONGEST, AT LEAST"),
                    List.of("TYPE"),
                    report.get("durations"),
                    kind -> List.of(
                            text(kind, "migration_type"),
                            text(kind, "status_class"),
                            text(kind, "migrations"),
                            Spans.of(kind.get("median_at_least")),
                            Spans.of(kind.get("median_at_most")),
                            Spans.of(kind.get("longest_at_least"))));
        }
    }

    private void stuck() {
        if (!report.get("stuck").isEmpty()) {
            section("STUCK: active, and unchanged for long");
            table(
                    List.of("FOR", "SOURCE", "TASK", "STATUS"),
                    List.of("TASK", "SOURCE"),
                    report.get("stuck"),
                    task -> List.of(
                            Spans.of(task.get("unchanged_seconds")),
                            text(task, "source"),
                            text(task, "task_name"),
                            text(task, "status")));
            more(report.get("stuck").size());
        }
    }

    private void sources() {
        section("SOURCES");
        table(
                List.of("SOURCE", "LAST WHOLE PASS", "PASSES", "WHOLE", "FAILING", "LAST ERROR"),
                List.of("LAST ERROR", "SOURCE"),
                report.get("sources"),
                source -> List.of(
                        text(source, "source"),
                        source.get("age_seconds").isNull() ? "never" : Spans.of(source.get("age_seconds")) + " ago",
                        text(source, "passes"),
                        text(source, "whole_passes"),
                        source.get("failures_in_a_row").asLong() == 0
                                ? "-"
                                : text(source, "failures_in_a_row") + " in a row",
                        text(source, "last_error_message")));
    }

    private void alerts() {
        if (!report.get("alerts").isEmpty()) {
            section("ALERTS");
            table(
                    List.of("CHANNEL", "DELIVERED SINCE THEN", "PENDING", "DEAD"),
                    List.of("CHANNEL"),
                    report.get("alerts"),
                    channel -> List.of(
                            text(channel, "channel"),
                            text(channel, "delivered"),
                            text(channel, "pending"),
                            text(channel, "dead")));
            if (sum("alerts", "dead") > 0) {
                lines.add("  dcs-sync alerts list says why alerts are dead, dcs-sync alerts retry sends them again");
            }
        }
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void table(
            List<String> headers, List<String> cuttable, JsonNode rows, Function<JsonNode, List<String>> cells) {
        List<List<String>> shown = stream(rows).limit(SHOWN).map(cells).toList();
        new Table(headers, cuttable).lines(shown).forEach(line -> lines.add("  " + line));
    }

    private void more(long all) {
        if (all > SHOWN) {
            lines.add("  and %d more; --format csv has them all".formatted(all - SHOWN));
        }
    }

    private void bars(Iterable<JsonNode> rows, Function<JsonNode, String> label, String number) {
        long most = 1;
        int width = 0;
        for (JsonNode row : rows) {
            most = Math.max(most, row.get(number).asLong());
            width = Math.max(width, label.apply(row).length());
        }
        for (JsonNode row : rows) {
            long value = row.get(number).asLong();
            lines.add(("  %-" + width + "s  %7d  %s")
                    .formatted(label.apply(row), value, bar(value, most))
                    .stripTrailing());
        }
    }

    static String bar(long value, long most) {
        long eighths = Math.round(8.0 * BAR * value / most);
        String end = eighths % 8 == 0 ? "" : EIGHTHS.substring((int) (eighths % 8), (int) (eighths % 8) + 1);
        return "█".repeat((int) (eighths / 8)) + end;
    }

    private long sum(String rows, String number) {
        return all(rows).stream().mapToLong(row -> row.get(number).asLong()).sum();
    }

    private List<JsonNode> all(String rows) {
        return stream(report.get(rows)).toList();
    }

    private static Stream<JsonNode> stream(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static String text(JsonNode row, String name) {
        return row.get(name).isNull() ? "-" : Complaints.oneLine(row.get(name).asText());
    }

    /** A time of the ledger to the minute, in UTC. */
    private static String minute(JsonNode time) {
        return time.isNull() ? "-" : time.asText().substring(0, 16).replace('T', ' ') + "Z";
    }
}
