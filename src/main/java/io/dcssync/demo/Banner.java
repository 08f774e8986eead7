package io.dcssync.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo says at its start: where to look, by lines that can be typed as they stand.
 *
 * @param jdbcUrl the ledger's, with what connecting needs behind a question mark
 * @param password the file that holds the password
 * @param dcs the simulated endpoint
 * @param project a project that it has
 * @param chaos whether the endpoint has a bad day
 * @param observe base URL of health and metrics
 * @param served base URL of the dashboard and the mirror
 * @param webhook the demo's own receiver
 * @param alerts the file that alerts are appended to
 */
public record Banner(
        String jdbcUrl,
        String user,
        Path password,
        URI dcs,
        String project,
        boolean chaos,
        URI observe,
        URI served,
        URI webhook,
        Path alerts) {

    private static final String QUERY = "select task_name, error_message from report.task where status = 'FAILED'";

    /** Returns the line that is there before anything else. */
    public static String title(Paint paint) {
        return paint.bold("dcs-sync demo") + ": starting PostgreSQL, the job and a simulated DCS …";
    }

    /** Returns the lines, without an end of line. */
    public List<String> lines(Paint paint) {
        URI server = URI.create(jdbcUrl.replaceFirst("^jdbc:", ""));
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(line(paint, "look", paint.bold(served + "/")));
        lines.add(line(
                paint,
                "ledger",
                "PGPASSWORD=$(cat %s) psql -h %s -p %d -U %s"
                        .formatted(quoted(password), server.getHost(), server.getPort(), user)));
        lines.add(line(paint, "", "  " + QUERY + ";"));
        lines.add(line(
                paint,
                "",
                "jdbc:postgresql://%s:%d%s  (user %s, password in that file)"
                        .formatted(server.getHost(), server.getPort(), server.getPath(), user)));
        if (chaos) {
            lines.add(line(paint, "DCS", dcs + ", which asks for tokens that soon expire, and has a bad day:"));
            lines.add(line(paint, "", "a third of its answers fail, break off, come late or never"));
        } else {
            lines.add(line(paint, "DCS", "curl '%s/v2/%s/migration-tasks?limit=3'".formatted(dcs, project)));
        }
        lines.add(line(paint, "mirror", "curl '%s/v2/%s/migration-tasks?limit=3'".formatted(served, project)));
        lines.add(line(paint, "alerts", alerts + " and a webhook, shown below: " + webhook));
        lines.add(line(paint, "health", observe + "/health"));
        lines.add(line(paint, "metrics", observe + "/metrics"));
        lines.add("");
        lines.add("Passes, changes of status and alerts as they come. Ctrl-C ends it.");
        lines.add("");
        return lines;
    }

    private static String line(Paint paint, String label, String text) {
        return "  " + paint.faint("%-8s".formatted(label)) + text;
    }

    /** A path as a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
