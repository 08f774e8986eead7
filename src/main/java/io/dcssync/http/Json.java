package io.dcssync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.RefusedRequest;
import org.apache.camel.Body;

/** Answers in JSON: with what a statement says, which is JSON already, or with what others made of its rows. */
public final class Json {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    /** Answers with the only value of a statement; 404 where it gave no row. */
    public static WebAnswer said(@Body Object json) throws RefusedRequest {
        if (!(json instanceof String text)) {
            throw new RefusedRequest(ErrorBody.of(404));
        }
        return WebAnswer.of("application/json", text);
    }

    /** Answers with maps and lists. */
    public static WebAnswer written(@Body Object value) throws JsonProcessingException {
        return WebAnswer.of("application/json", JSON.writeValueAsString(value));
    }
}
