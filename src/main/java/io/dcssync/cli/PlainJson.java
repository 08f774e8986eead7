package io.dcssync.cli;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dcssync.config.Unprintable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as a JSON object on a line. What the event is about, its key-value pairs, are fields of that object, as
 * readers of logs find them by that. Escapes what JSON allows but some readers take for the end of the line, or terminals
 * for a command.
 */
public final class PlainJson extends JsonEncoder {

    // what logback leaves; the line's own end is none of it
    private static final Pattern UNPRINTABLE = Pattern.compile("[" + Unprintable.CHARACTERS + "&&[^\\x00-\\x1f]]");

    @Override
    public byte[] encode(ILoggingEvent event) {
        String json = new String(super.encode(event), StandardCharsets.UTF_8);
        return UNPRINTABLE
                .matcher(json)
                .replaceAll(match -> escaped(match.group()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void appendCustomFields(StringBuilder json, ILoggingEvent event) {
        List<KeyValuePair> about = event.getKeyValuePairs();
        if (about != null) {
            about.forEach(pair -> json.append(VALUE_SEPARATOR)
                    .append(TextNode.valueOf(pair.key))
                    .append(':')
                    .append(JsonNodeFactory.instance.pojoNode(pair.value)));
        }
    }

    private static String escaped(String character) {
        return character.chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining());
    }
}
