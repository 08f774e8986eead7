package io.dcssync.report;

import io.dcssync.config.Unprintable;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes HTML. What is data goes through {@link #text}, which leaves nothing of it to be taken for markup. */
final class Markup {

    private static final Pattern UNPRINTABLE = Pattern.compile("[" + Unprintable.CHARACTERS + "&&[^\\n\\t]]+");

    private final StringBuilder html = new StringBuilder(16_384);

    /** Writes markup of our own. */
    Markup raw(String markup) {
        html.append(markup);
        return this;
    }

    Markup text(String data) {
        html.append(UNPRINTABLE
                .matcher(data)
                .replaceAll(" ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        return this;
    }

    Markup element(String name, String data) {
        return raw("<" + name + ">").text(data).raw("</" + name + ">");
    }

    Markup element(String name, String style, String data) {
        return raw("<" + name + " class=\"" + style + "\">").text(data).raw("</" + name + ">");
    }

    /** Writes a cell with a bar that has a part for each class of status; one of the most is as wide as the cell. */
    Markup bars(Map<String, Long> byClass, long most) {
        raw("<td class=\"bar\">");
        byClass.forEach((kind, tasks) -> raw("<div class=\"%s\" style=\"width:%s%%\" title=\""
                        .formatted(kind, String.format(Locale.ROOT, "%.2f", 100.0 * tasks / Math.max(1, most))))
                .text(tasks + " " + kind)
                .raw("\"></div>"));
        return raw("</td>");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
