package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes alerts as pages for mail readers: a headline and a table, styled in place and all text escaped. Thread-safe. */
final class MailPage implements EventFormat {

    private static final String CELL = "padding:6px 14px 6px 0;border-bottom:1px solid #e3e5e8;vertical-align:top;"
            + "text-align:left;overflow-wrap:anywhere";
    private static final String LABEL = CELL + ";color:#5f6772;font-weight:normal;white-space:nowrap";

    @Override
    public String contentType() {
        return "text/html; charset=utf-8";
    }

    @Override
    public String event(Map<String, Object> alert) throws JsonProcessingException {
        Notice notice = Notice.of(alert);
        return """
                <!DOCTYPE html>
                <html><head><meta charset="utf-8"></head>
                <body style="margin:24px;font:15px/1.45 system-ui,-apple-system,Segoe UI,Helvetica,Arial,sans-serif;color:#1f2429">
                <h1 style="margin:0 0 14px;font-size:18px;font-weight:600">%s</h1>
                %s%s<p style="margin:18px 0 0;font-size:13px;color:#5f6772">Event %s, sent by dcs-sync</p>
                </body></html>
                """.formatted(escaped(notice.subject()), words(notice), table(notice), escaped((String)
                alert.get("event_id")));
    }

    private static String words(Notice notice) {
        return notice.words().isEmpty() ? "" : "<p style=\"margin:0 0 14px\">" + escaped(notice.words()) + "</p>\n";
    }

    private static String table(Notice notice) {
        if (notice.rows().isEmpty()) {
            return "";
        }
        String head = notice.head().isEmpty()
                ? ""
                : notice.head().stream()
                        .map(name -> cell("th", LABEL, name))
                        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
        return notice.rows().stream()
                .map(row -> row(row, notice.head().isEmpty()))
                .collect(Collectors.joining("", "<table style=\"border-collapse:collapse\">\n" + head, "</table>\n"));
    }

    private static String row(List<String> cells, boolean isLabelled) {
        String first = isLabelled ? cell("th", LABEL, cells.get(0)) : cell("td", CELL, cells.get(0));
        return cells.stream()
                .skip(1)
                .map(text -> cell("td", CELL, text))
                .collect(Collectors.joining("", "<tr>" + first, "</tr>\n"));
    }

    private static String cell(String tag, String style, String text) {
        return "<%1$s style=\"%2$s\">%3$s</%1$s>".formatted(tag, style, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
