package io.dcssync.source.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dcssync.outbound.ErrorAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** An answer that was read whole. Not for passing around: it may hold secrets. */
final class Reply {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassicHttpResponse response;
    private final byte[] body;

    private Reply(ClassicHttpResponse response, byte[] body) {
        this.response = response;
        this.body = body;
    }

    static Reply of(ClassicHttpResponse response) throws IOException {
        return new Reply(
                response, response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity()));
    }

    int status() {
        return response.getCode();
    }

    byte[] body() {
        return body;
    }

    /** Returns a header, "" where it is not there. */
    String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? "" : header.getValue();
    }

    /** Returns what an answer that is no success says of itself, without what {@code hide} takes out of it. */
    ErrorAnswer error(UnaryOperator<byte[]> hide) {
        byte[] id = header("X-Request-Id").getBytes(StandardCharsets.UTF_8);
        return ErrorAnswer.of(hide.apply(body), new String(hide.apply(id), StandardCharsets.UTF_8));
    }

    /** Returns the body as JSON; a missing node where it is none. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
