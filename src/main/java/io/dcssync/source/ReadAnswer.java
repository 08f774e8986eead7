package io.dcssync.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.outbound.ErrorAnswer;
import io.dcssync.outbound.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/**
 * Reads the answer to a list request: a page, or the reason why it is none. What may be asked again and what may not
 * follows the retry table of the API facts: 429, 500, 502, 503, 504 and bodies that are not whole JSON may. Thread-safe.
 */
public final class ReadAnswer {

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    // wide, since one odd entry must not cost the page; what is too much for the ledger is replaced entry by entry
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(500_000_000)
            .maxNameLength(10_000_000)
            .maxNumberLength(100_000)
            .maxNestingDepth(10_000)
            .build();

    private final JsonMapper json = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // numbers keep their digits: where text is documented they become it
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ReadPage readPage = new ReadPage(json);

    /** Reads the answer to a request of a pass, which may repeat it where it did not show well enough who asks. */
    public ListedPage readFor(
            @Variable("pass") Pass pass,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Headers Map<String, Object> headers,
            @Body InputStream body)
            throws UnusableAnswer, IOException {
        // at once: a converter would copy it in small pieces
        byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
        if (status == 401) {
            pass.asking().notAuthenticated(ErrorAnswer.of(bytes, ""));
        }
        return read(
                status,
                headers,
                bytes,
                pass.asking().whatToCheck(header(headers, "date")),
                pass.asking()::withoutCredentials,
                pass.held(),
                pass.offset());
    }

    /** Reads an answer; what is said of one that is no page quotes none of the credentials that it may echo. */
    ListedPage read(
            int status,
            Map<String, Object> headers,
            byte[] body,
            String ifUnknown,
            UnaryOperator<byte[]> withoutCredentials)
            throws UnusableAnswer {
        return read(status, headers, body, ifUnknown, withoutCredentials, Holdings.NONE, 0);
    }

    private ListedPage read(
            int status,
            Map<String, Object> headers,
            byte[] body,
            String ifUnknown,
            UnaryOperator<byte[]> withoutCredentials,
            Holdings held,
            int offset)
            throws UnusableAnswer {
        if (status == 200) {
            try {
                return read(status, headers, body, ifUnknown, held, offset);
            } catch (UnusableAnswer noPage) {
                // said once more below, of what may be shown
            }
        }
        Map<String, Object> shown = new HashMap<>(headers);
        shown.replaceAll((name, value) -> name.equalsIgnoreCase("x-request-id")
                ? new String(withoutCredentials.apply(bytes(value)), StandardCharsets.UTF_8)
                : value);
        return read(status, shown, body == null ? null : withoutCredentials.apply(body), ifUnknown, held, offset);
    }

    private static byte[] bytes(Object header) {
        return String.valueOf(header).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an answer.
     *
     * @param status the HTTP status
     * @param headers the headers of the answer
     * @param body the bytes of the answer; null or empty: none
     * @param ifUnknown what to check where the endpoint does not know who asks
     * @throws UnusableAnswer if it is no page
     */
    ListedPage read(int status, Map<String, Object> headers, byte[] body, String ifUnknown) throws UnusableAnswer {
        return read(status, headers, body, ifUnknown, Holdings.NONE, 0);
    }

    private ListedPage read(
            int status, Map<String, Object> headers, byte[] body, String ifUnknown, Holdings held, int offset)
            throws UnusableAnswer {
        byte[] bytes = body == null ? new byte[0] : body;
        if (status != 200) {
            throw refused(status, headers, bytes, ifUnknown);
        }
        Optional<ListedPage> page;
        try {
            page = readPage.read(bytes, offset, held);
        } catch (IOException | NumberFormatException e) { // the latter for an exponent beyond all bounds
            page = Optional.empty();
        }
        if (page.isEmpty()) {
            throw anotherShape(parse(bytes, requestOf(headers)), headers, bytes);
        }
        return page.get();
    }

    private JsonNode parse(byte[] bytes, String request) throws UnusableAnswer {
        JsonNode answer;
        try {
            answer = json.readTree(bytes);
        } catch (IOException | NumberFormatException e) {
            boolean text = isUtf8(bytes);
            throw new UnusableAnswer(
                    text ? "not-json" : "not-utf-8",
                    "HTTP 200 with a body of %d bytes that is not %s, or is cut off; it begins: %s%s"
                            .formatted(bytes.length, text ? "JSON" : "valid UTF-8", piece(bytes), request),
                    true);
        }
        if (answer.isMissingNode()) {
            throw new UnusableAnswer(
                    "empty-answer", "HTTP 200 with an empty body where a page was expected" + request, true);
        }
        return answer;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static UnusableAnswer anotherShape(JsonNode answer, Map<String, Object> headers, byte[] bytes) {
        if (answer.has("error_code") || answer.has("error_msg")) {
            ErrorAnswer error = ErrorAnswer.of(bytes, header(headers, "x-request-id"));
            return new UnusableAnswer(
                    error.code().orElse("error-in-200"),
                    "HTTP 200 with an error: " + Storable.text(error.words()),
                    true);
        }
        return new UnusableAnswer(
                "not-a-page",
                "HTTP 200 with JSON that has no list 'migration_tasks'; is the endpoint that of DCS? It begins: "
                        + piece(bytes) + requestOf(headers),
                false);
    }

    private static UnusableAnswer refused(int status, Map<String, Object> headers, byte[] bytes, String ifUnknown) {
        ErrorAnswer error = ErrorAnswer.of(bytes, header(headers, "x-request-id"));
        String said = Storable.text(error.words());
        String advice =
                switch (status) {
                    case 400 -> "the endpoint does not accept the request";
                    case 401 -> ifUnknown;
                    case 403 -> "the user lacks the right dcs:migrationTask:list";
                    case 404 -> "check source.*.endpoint and source.*.project-id";
                    default -> status / 100 == 3 ? "redirects are not followed; check source.*.endpoint" : "";
                };
        String message =
                "HTTP " + status + (said.isEmpty() ? "" : ": " + said) + (advice.isEmpty() ? "" : " – " + advice);
        Optional<Duration> retryAfter = RetryAfter.in(headers, Instant.now());
        return new UnusableAnswer(
                error.code().map(Storable::text).orElse("http-" + status),
                message,
                PASSING.contains(status),
                retryAfter,
                status == 429 && retryAfter.isEmpty() ? GatewayLimit.spacing(said) : Optional.empty());
    }

    private static String header(Map<String, Object> headers, String name) {
        return headers.entrySet().stream()
                .filter(h -> h.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(h -> String.valueOf(h.getValue()))
                .findFirst()
                .orElse("");
    }

    private static String piece(byte[] bytes) {
        return Storable.text(ErrorAnswer.piece(bytes));
    }

    private static String requestOf(Map<String, Object> headers) {
        String id = header(headers, "x-request-id");
        return ErrorAnswer.request(id);
    }
}
