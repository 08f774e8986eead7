package io.dcssync.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an answer that is no success says of itself, in any of the forms that are known: the service's, the API gateway's,
 * IAM's, or no JSON at all. Bounded, in printable lines.
 *
 * @param code the sender's own code; empty: it gave none
 * @param words its message and code, or the beginning of what it sent, and the id of the request to name to its support;
 *     "" where it said nothing
 */
public record ErrorAnswer(Optional<String> code, String words) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PIECE = 300;
    private static final int LONGEST_ID = 100;

    /**
     * Reads an answer.
     *
     * @param requestId its header {@code X-Request-Id}; "" where there is none
     */
    public static ErrorAnswer of(byte[] body, String requestId) {
        JsonNode said = parse(body);
        JsonNode iam = said.path("error");
        Optional<String> code =
                Optional.of(line(said.path("error_code").asText(""))).filter(text -> !text.isEmpty());
        boolean known = code.isPresent() || said.has("error_msg") || iam.has("message");
        String message = said.path("error_msg").asText(iam.path("message").asText(""));
        String id = request(said.path("request_id").asText(requestId));
        String words = known ? line(code.orElse("") + " " + message) : piece(body);
        return new ErrorAnswer(code, (words + id).strip());
    }

    /** Returns words to add for the id of a request, which is for the sender's support; "" where it is empty. */
    public static String request(String id) {
        String printable = id.replaceAll("[^!-~]+", " ").strip();
        String bounded = printable.length() <= LONGEST_ID ? printable : printable.substring(0, LONGEST_ID) + "…";
        return bounded.isEmpty() ? "" : " (request " + bounded + ")";
    }

    /** Returns the beginning of a body as one printable line. */
    public static String piece(byte[] body) {
        return line(new String(body, 0, Math.min(body.length, 4 * PIECE), StandardCharsets.UTF_8));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException | NumberFormatException e) {
            return MissingNode.getInstance(); // no JSON: the piece of it that is kept says enough
        }
    }

    private static String line(String text) {
        String line = PrintableLine.of(text);
        return line.length() <= PIECE ? line : line.substring(0, PIECE) + "…";
    }
}
