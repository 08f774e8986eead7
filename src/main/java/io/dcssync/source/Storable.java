package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * Makes values storable in PostgreSQL, whose text and jsonb know neither U+0000 nor half a surrogate pair, and whose
 * numbers and depths have an end. What cannot be stored is replaced, never dropped.
 */
final class Storable {

    private static final char REPLACEMENT = '\uFFFD';
    // written out, a number of jsonb must stay within the 1,000 characters that JSON readers take
    private static final int DIGITS = 400;
    private static final int DEEPEST = 200;
    private static final String TOO_DEEP = "\uFFFD nested too deep";

    private Storable() {}

    /** Returns the text with each character that cannot be stored replaced by U+FFFD; the same object when it has none. */
    static String text(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (replaced == null) {
                    replaced = new StringBuilder(text);
                }
                replaced.setCharAt(i, REPLACEMENT);
            }
        }
        return replaced == null ? text : replaced.toString();
    }

    /** Returns the value with every text in it storable, numbers of absurd length as text, and its depth bounded. */
    static JsonNode value(JsonNode value) {
        return value(value, 0);
    }

    private static JsonNode value(JsonNode value, int depth) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(text(value.textValue()));
        }
        if (value.isContainerNode() && depth == DEEPEST) {
            return JsonNodeFactory.instance.textNode(TOO_DEEP);
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> object.set(text(field.getKey()), value(field.getValue(), depth + 1)));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(element -> array.add(value(element, depth + 1)));
            return array;
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            boolean absurd = number.precision() > DIGITS || Math.abs((long) number.scale()) > DIGITS;
            return absurd ? JsonNodeFactory.instance.textNode(value.asText()) : value;
        }
        return value;
    }
}
