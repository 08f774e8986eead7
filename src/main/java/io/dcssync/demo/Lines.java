package io.dcssync.demo;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the demo's console tells of passes, changes and alerts: one line each, a hundred columns at most. */
final class Lines {

    private static final int WIDTH = 100;
    /** Changes of one pass that are shown; a pass after a long pause may find very many. */
    private static final int CHANGES = 12;

    private static final String INDENT = " ".repeat(10);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Paint paint;
    private final ZoneId zone;

    Lines(Paint paint, ZoneId zone) {
        this.paint = paint;
        this.zone = zone;
    }

    /** Returns the line of a pass and those of the changes it found. */
    List<String> of(EndedPass pass, int quietBefore) {
        List<String> lines = new ArrayList<>();
        lines.add(passLine(pass, quietBefore));
        if (pass.problem() != null) {
            lines.add(INDENT + fit(pass.problem(), WIDTH - INDENT.length()));
        }
        for (EndedPass.Change change :
                pass.changes().subList(0, Math.min(CHANGES, pass.changes().size()))) {
            lines.add(changeLine(change));
            if (change.toClass().equals("failed") && change.message() != null) {
                lines.add(INDENT + "  " + paint.faint(fit(change.message(), WIDTH - INDENT.length() - 2)));
            }
        }
        int more = pass.changes().size() - CHANGES;
        if (more > 0) {
            lines.add(INDENT + paint.faint("and " + more + " more"));
        }
        return lines;
    }

    /** Returns the line of an alert that has arrived. */
    String of(Arrival alert) {
        String head = "⚑ webhook got %-8s".formatted(fit(alert.type(), 40));
        String id = alert.eventId().replaceFirst("-.*", "");
        String about = alert.about().isEmpty() ? "" : "  " + alert.about();
        String event = id.isEmpty() ? "" : "  event " + id;
        return INDENT + paint.yellow(head) + fit(about + event, WIDTH - INDENT.length() - head.length());
    }

    private String passLine(EndedPass pass, int quietBefore) {
        String head = "%-8s  %-9s  %4.1f s  ".formatted(pass.source(), pass.outcome(), pass.seconds());
        String found = fit(counts(pass, quietBefore), WIDTH - 10 - head.length());
        String time = paint.faint(TIME.format(pass.finishedAt().atZone(zone)) + "  ");
        return time
                + switch (pass.outcome()) {
                    case "complete", "repaired" -> head + found;
                    case "abandoned" -> paint.yellow(head + found); // as when the demo is stopped
                    default -> paint.red(head + found);
                };
    }

    private static String counts(EndedPass pass, int quietBefore) {
        StringBuilder counts = new StringBuilder("read " + pass.read());
        append(counts, "new", pass.inserted());
        if (pass.failedAtFirstSight() > 0) {
            counts.append(" (").append(pass.failedAtFirstSight()).append(" failed already)");
        }
        append(counts, "changed", pass.changed());
        append(counts, "missing", pass.missing());
        if (pass.retries() > 0) {
            counts.append(pass.retries() == 1 ? ", 1 retry" : ", " + pass.retries() + " retries");
        }
        if (pass.isQuiet()) {
            counts.append(", nothing changed");
        }
        if (quietBefore > 0) {
            counts.append(quietBefore == 1 ? "; nor" : "; nothing")
                    .append(" in the ")
                    .append(quietBefore)
                    .append(" before");
        }
        return counts.toString();
    }

    private static void append(StringBuilder counts, String what, int number) {
        if (number > 0) {
            counts.append(", ").append(what).append(' ').append(number);
        }
    }

    private String changeLine(EndedPass.Change change) {
        String status = "%-24s".formatted(fit(change.from() + " → " + change.to(), WIDTH / 2));
        String task = fit("  " + change.task(), WIDTH - INDENT.length() - status.length());
        return INDENT
                + switch (change.toClass()) {
                    case "failed" -> paint.red(status + task);
                    case "succeeded" -> paint.green(status) + task;
                    default -> status + task;
                };
    }

    /** Cuts a text that may come from outside, and makes it fit to be a part of a line. */
    private static String fit(String text, int columns) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        int wide = 0;
        for (int i = 0; i < line.length(); i++) {
            wide += columnsOf(line.charAt(i));
            if (wide > columns) {
                // the one before may be the first half of a pair
                int end = Character.isLowSurrogate(line.charAt(Math.max(i - 1, 0))) ? i - 2 : i - 1;
                return line.substring(0, Math.max(end, 0)) + "…";
            }
        }
        return line;
    }

    /** Terminals give most East Asian characters two columns. */
    private static int columnsOf(char character) {
        return character >= '\u2e80' && character <= '\uffe6' && !Character.isSurrogate(character) ? 2 : 1;
    }
}
