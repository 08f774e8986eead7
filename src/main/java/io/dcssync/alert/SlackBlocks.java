package io.dcssync.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Pieces of a Slack message, in Slack's own mark-up.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
 */
final class SlackBlocks {

    /** Characters that a section takes. */
    static final int LONGEST_SECTION = 3000;

    private static final int LONGEST_FIELD = 2000;

    private SlackBlocks() {}

    /** Adds a section; its text is not cut. */
    static void section(ArrayNode blocks, String text) {
        markup(blocks.addObject().put("type", "section").putObject("text"), text);
    }

    /** Adds a labelled value to the fields of a section; nothing where the value is empty. */
    static void field(ArrayNode fields, String label, String value) {
        if (!value.isEmpty()) {
            markup(fields.addObject(), "*%s*\n%s".formatted(label, escaped(value, LONGEST_FIELD - 100)));
        }
    }

    private static void markup(ObjectNode text, String content) {
        // verbatim, or names of people and channels within it would be turned into mentions
        text.put("type", "mrkdwn").put("text", content).put("verbatim", true);
    }

    /** Writes a text so that nothing in it is mark-up that calls people; what is longer is cut short. */
    static String escaped(String text, int longest) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String piece = escaped(text.codePointAt(at));
            if (escaped.length() + piece.length() >= longest) {
                return escaped.append('…').toString();
            }
            escaped.append(piece);
        }
        return escaped.toString();
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
        };
    }
}
