package io.dcssync.demo;

/**
 * Colours for a terminal.
 *
 * @param on whether there is a terminal that wants them; if not, text stays as it is
 */
public record Paint(boolean on) {

    String red(String text) {
        return with("31", text);
    }

    String green(String text) {
        return with("32", text);
    }

    String yellow(String text) {
        return with("33", text);
    }

    String bold(String text) {
        return with("1", text);
    }

    String faint(String text) {
        return with("2", text);
    }

    private String with(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
