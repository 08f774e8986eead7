package io.dcssync.listapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal in the documented form: {@code error_msg} (1024 characters at most), {@code error_code} (9 at most) and
 * {@code error_ext_msg}, which "is not used currently and is set to null".
 *
 * <p>The codes are those of the DCS error code page; where the service itself would not have been reached, the code is
 * the API gateway's.
 */
public record ErrorBody(int status, String code, String message) implements Answer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 1024;

    public ErrorBody {
        message = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    /** A parameter has a value that is not allowed. */
    public static ErrorBody badParameter(String message) {
        return new ErrorBody(400, "DCS.4002", message);
    }

    /** The request does not say who asks, or not convincingly. */
    public static ErrorBody notAuthenticated() {
        return new ErrorBody(401, "DCS.1001", "Invalid authentication information.");
    }

    /** The API gateway does not accept what was shown of who asks. */
    public static ErrorBody badCredentials(String why) {
        return new ErrorBody(401, "APIG.0301", "Incorrect IAM authentication information: " + why);
    }

    /** Who asks is known, and may not. */
    public static ErrorBody rejected() {
        return new ErrorBody(403, "DCS.2003", "The request is rejected.");
    }

    /** Whoever asks, this may not be asked; the reason is told after "The request is rejected: ". */
    public static ErrorBody rejected(String reason) {
        return new ErrorBody(403, "DCS.2003", "The request is rejected: " + reason);
    }

    /** There is no such project here. */
    public static ErrorBody unknownProject(String projectId) {
        return new ErrorBody(404, "DCS.4001", "The project " + projectId + " does not exist.");
    }

    /** There is nothing under this path. */
    public static ErrorBody unknownPath() {
        return new ErrorBody(404, "APIG.0101", "The API does not exist or has not been published in the environment.");
    }

    /** The path is right, the method is not {@code GET}. */
    public static ErrorBody methodNotAllowed() {
        return new ErrorBody(405, "APIG.0101", "The API does not support this method; it supports GET.");
    }

    /** The caller asks too often. */
    public static ErrorBody throttled() {
        return throttled("");
    }

    /** The caller asks more often than this limit, which is told as the gateway tells it. */
    public static ErrorBody throttled(String limit) {
        return new ErrorBody(
                429,
                "APIG.0308",
                "The throttling threshold has been reached: policy user over ratelimit"
                        + (limit.isEmpty() ? "." : "," + limit));
    }

    /** Something broke on the serving side; what it was is not told. */
    public static ErrorBody internal() {
        return new ErrorBody(500, "DCS.5000", "Internal service error.");
    }

    /** The documented error of an HTTP status; a status without one gets the text of the internal error. */
    public static ErrorBody of(int status) {
        return switch (status) {
            case 400 -> badParameter("Invalid request.");
            case 401 -> notAuthenticated();
            case 403 -> rejected();
            case 404 -> new ErrorBody(404, "DCS.4001", "The requested resource is not found.");
            case 405 -> methodNotAllowed();
            case 429 -> throttled();
            default -> new ErrorBody(status, internal().code(), internal().message());
        };
    }

    @Override
    public byte[] json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error_msg", message);
        fields.put("error_code", code);
        fields.put("error_ext_msg", null);
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: three plain fields that are no JSON", e);
        }
    }
}
