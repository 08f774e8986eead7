package io.dcssync.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The report as one file of HTML that needs no other: no script, no image, nothing from a host. Charts are tables with
 * bars, which mail programs show too.
 */
public final class HtmlReport {

    private static final List<String> CLASSES = List.of("active", "succeeded", "failed", "ended", "unknown");
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --soft: #666; --active: #2f6fd0; --succeeded: #2b8a3e;
              --failed: #c92a2a; --ended: #868e96; --unknown: #b07d00 }
            @media (prefers-color-scheme: dark) { :root { --soft: #aaa; --active: #6ea8fe; --succeeded: #51cf66;
              --failed: #ff6b6b; --ended: #adb5bd; --unknown: #fcc419 } }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin: 2em 0 .5em }
            p.soft, td.soft { color: var(--soft) }
            table { border-collapse: collapse; width: 100% }
            th { text-align: left; font-weight: 600 } th, td { padding: .3em .8em .3em 0; vertical-align: top;
              border-bottom: 1px solid var(--line) } td.number, th.number { text-align: right }
            td.bar { width: 50% } td.text { overflow-wrap: anywhere }
            .bar div { height: 1em; float: left }
            .active { background: var(--active) } .succeeded { background: var(--succeeded) }
            .failed { background: var(--failed) } .ended { background: var(--ended) } .unknown { background: var(--unknown) }
            .key span { display: inline-block; width: .8em; height: .8em; margin: 0 .4em 0 1em }
            """;

    private final Markup html = new Markup();
    private final JsonNode report;

    private HtmlReport(JsonNode report) {
        this.report = report;
    }

    /** Returns the page of a report, the answer of the statement report. */
    public static String of(JsonNode report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", "DCS migrations, " + minute(report.get("made_at")))
                .raw("<style>" + STYLE + "</style></head><body><main>")
                .element("h1", "DCS migrations")
                .element(
                        "p",
                        "soft",
                        "As of %s, and what happened since %s. Times are UTC."
                                .formatted(minute(report.get("made_at")), minute(report.get("since"))));
        failed();
        statuses();
        days();
        reasons();
        durations();
        stuck();
        sources();
        alerts();
        return html.raw("</main></body></html>\n").toString();
    }

    private void failed() {
        html.element("h2", "Failed now: " + report.get("failed_count").asText());
        if (report.get("failed").isEmpty()) {
            html.element("p", "soft", "No task is failed.");
            return;
        }
        table(
                report.get("failed"),
                columns()
                        .with("Since", task -> minute(task.get("failed_since")))
                        .with("Source", task -> text(task, "source"))
                        .with("Task", task -> text(task, "task_name"))
                        .with("Times", task -> text(task, "failure_count"))
                        .with("Error", task -> text(task, "error_message")));
        if (report.get("failed_count").asLong() > report.get("failed").size()) {
            html.element(
                    "p",
                    "soft",
                    "The newest %d are shown.".formatted(report.get("failed").size()));
        }
    }

    private void statuses() {
        html.element("h2", "Status now");
        long most = 1;
        for (JsonNode status : report.get("statuses")) {
            most = Math.max(most, status.get("tasks").asLong());
        }
        html.raw("<table><tr><th>Status</th><th>Means</th><th class=\"number\">Tasks</th><td></td></tr>");
        for (JsonNode status : report.get("statuses")) {
            html.raw("<tr>")
                    .element("td", text(status, "status"))
                    .element("td", text(status, "status_class"))
                    .element("td", "number", text(status, "tasks"))
                    .bars(
                            Map.of(
                                    text(status, "status_class"),
                                    status.get("tasks").asLong()),
                            most)
                    .raw("</tr>");
        }
        html.raw("</table>");
    }

    /** Tasks by what their status means, a bar for each day, and how many came to fail on it. */
    private void days() {
        Map<String, Map<String, Long>> tasks = new LinkedHashMap<>();
        Map<String, Long> failures = new LinkedHashMap<>();
        for (JsonNode day : report.get("days")) {
            String date = text(day, "day");
            tasks.computeIfAbsent(date, any -> new LinkedHashMap<>())
                    .put(text(day, "status_class"), day.get("tasks").asLong());
            if (text(day, "status_class").equals("failed")) {
                failures.put(date, day.get("entered").asLong());
            }
        }
        long most = tasks.values().stream()
                .mapToLong(
                        day -> day.values().stream().mapToLong(Long::longValue).sum())
                .max()
                .orElse(1);
        html.element("h2", "Day by day").raw("<p class=\"soft key\">Tasks listed at the end of the day:");
        CLASSES.forEach(kind -> html.raw("<span class=\"" + kind + "\"></span>").text(kind));
        html.raw("</p><table><tr><th>Day</th><th class=\"number\">Tasks</th>")
                .raw("<th class=\"number\">Came to fail</th><td></td></tr>");
        tasks.forEach((day, byClass) -> html.raw("<tr>")
                .element("td", day)
                .element(
                        "td",
                        "number",
                        String.valueOf(byClass.values().stream()
                                .mapToLong(Long::longValue)
                                .sum()))
                .element("td", "number", String.valueOf(failures.getOrDefault(day, 0L)))
                .bars(byClass, most)
                .raw("</tr>"));
        html.raw("</table>");
    }

    private void reasons() {
        if (!report.get("reasons").isEmpty()) {
            html.element("h2", "Why they failed");
            table(
                    report.get("reasons"),
                    columns()
                            .with("Failures", reason -> text(reason, "failures"))
                            .with(
                                    "Reason",
                                    reason -> reason.get("reason").isNull()
                                            ? "(without a message)"
                                            : text(reason, "reason"))
                            .with("Last on", reason -> text(reason, "last_day")));
        }
    }

    private void durations() {
        if (!report.get("durations").isEmpty()) {
            html.element("h2", "How long migrations took");
            table(
                    report.get("durations"),
                    columns()
                            .with("Type", kind -> text(kind, "migration_type"))
                            .with("Ended as", kind -> text(kind, "status_class"))
                            .with("Count", kind -> text(kind, "migrations"))
                            .with("Half took at least", kind -> Spans.of(kind.get("median_at_least")))
                            .with("and at most", kind -> Spans.of(kind.get("median_at_most")))
                            .with("Longest, at least", kind -> Spans.of(kind.get("longest_at_least"))));
        }
    }

    private void stuck() {
        if (!report.get("stuck").isEmpty()) {
            html.element("h2", "Stuck: active, and unchanged for long");
            table(
                    report.get("stuck"),
                    columns()
                            .with("For", task -> Spans.of(task.get("unchanged_seconds")))
                            .with("Source", task -> text(task, "source"))
                            .with("Task", task -> text(task, "task_name"))
                            .with("Status", task -> text(task, "status")));
        }
    }

    private void sources() {
        html.element("h2", "Is the sync itself healthy?");
        table(
                report.get("sources"),
                columns()
                        .with("Source", source -> text(source, "source"))
                        .with(
                                "Last whole pass",
                                source -> source.get("age_seconds").isNull()
                                        ? "never"
                                        : Spans.of(source.get("age_seconds")) + " before")
                        .with("Passes", source -> text(source, "passes"))
                        .with("Whole", source -> text(source, "whole_passes"))
                        .with("Failures in a row", source -> text(source, "failures_in_a_row"))
                        .with("Last error", source -> text(source, "last_error_message")));
    }

    private void alerts() {
        if (!report.get("alerts").isEmpty()) {
            html.element("h2", "Alerts");
            table(
                    report.get("alerts"),
                    columns()
                            .with("Channel", channel -> text(channel, "channel"))
                            .with("Delivered", channel -> text(channel, "delivered"))
                            .with("Pending", channel -> text(channel, "pending"))
                            .with("Dead", channel -> text(channel, "dead")));
        }
    }

    private static Columns columns() {
        return new Columns(new ArrayList<>());
    }

    private record Column(String name, Function<JsonNode, String> cell) {}

    private record Columns(List<Column> all) {

        Columns with(String name, Function<JsonNode, String> cell) {
            all.add(new Column(name, cell));
            return this;
        }
    }

    private void table(JsonNode rows, Columns columns) {
        html.raw("<table><tr>");
        columns.all().forEach(column -> html.element("th", column.name()));
        html.raw("</tr>");
        for (JsonNode row : rows) {
            html.raw("<tr>");
            columns.all()
                    .forEach(column -> html.element("td", "text", column.cell().apply(row)));
            html.raw("</tr>");
        }
        html.raw("</table>");
    }

    private static String text(JsonNode row, String name) {
        return row.get(name).isNull() ? "-" : row.get(name).asText();
    }

    private static String minute(JsonNode time) {
        return time.isNull() ? "-" : time.asText().substring(0, 16).replace('T', ' ');
    }
}
