package io.dcssync.http;

import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.RefusedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Sends alerts again: one by its number, or all that are dead. */
public final class Retry {

    private static final Pattern PATH = Pattern.compile("/api/alerts/([0-9]{1,18}|dead)/retry");

    private Retry() {}

    /** Returns the parameters of the statement {@code retry-alerts}. */
    public static Map<String, Object> parameters(@Header(Exchange.HTTP_PATH) String path) throws RefusedRequest {
        Matcher which = PATH.matcher(path);
        if (!which.matches()) {
            throw new RefusedRequest(ErrorBody.unknownPath());
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("ids", which.group(1).equals("dead") ? null : "[" + Long.parseLong(which.group(1)) + "]");
        return parameters;
    }
}
