package io.dcssync.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;

/** What a browser is sent: a status, the headers that belong to this answer alone, and a text. */
public record WebAnswer(int status, Map<String, String> headers, String body) {

    public WebAnswer {
        headers = Map.copyOf(headers);
    }

    static WebAnswer of(String type, String body) {
        return new WebAnswer(200, Map.of("Content-Type", type), body);
    }

    /** Returns the same with one header more. */
    WebAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new WebAnswer(status, more, body);
    }

    /** Puts an answer into the message, and nothing that came with the request. */
    public static byte[] send(@Body WebAnswer answer, @Headers Map<String, Object> message) {
        message.clear();
        message.put(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.putAll(answer.headers());
        return answer.body().getBytes(StandardCharsets.UTF_8);
    }
}
