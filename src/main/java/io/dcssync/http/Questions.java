package io.dcssync.http;

import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.RefusedRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Turns a query of the dashboard into the parameters of a statement. What is not understood is refused, not guessed; what
 * is left out has its default. Thread-safe.
 */
public final class Questions {

    private static final Allowed TEXT = new Allowed("[^\\x00]{1,500}", "a text of at most 500 characters");

    private static final Map<String, Allowed> PARAMETERS = Map.ofEntries(
            Map.entry("q", TEXT),
            Map.entry("source", TEXT),
            Map.entry("status", TEXT),
            Map.entry("task", TEXT),
            Map.entry("class", oneOf("active|succeeded|failed|ended|unknown")),
            Map.entry("outcome", oneOf("running|complete|repaired|suspect|failed|abandoned")),
            Map.entry("state", oneOf("waiting|pending|dead|delivered|suppressed")),
            Map.entry("listed", oneOf("yes|no|all")),
            Map.entry("stuck", oneOf("yes")),
            Map.entry(
                    "sort",
                    new Allowed(
                            "-?(name|status|source|error|since|changed|created|failures)",
                            "name, status, source, error, since, changed, created or failures, with - before it the other way round")),
            Map.entry("page", new Allowed("[1-9][0-9]{0,6}", "a number from 1 to 9999999")),
            Map.entry("size", new Allowed("[1-9][0-9]?|1[0-9]{2}|200", "a number from 1 to 200")),
            Map.entry("hours", new Allowed("[1-9][0-9]{0,3}", "a number from 1 to 9999")),
            Map.entry("days", new Allowed("[1-9][0-9]{0,2}", "a number from 1 to 999")));

    private static final Map<String, String> DEFAULTS = Map.of(
            "state", "waiting", "listed", "yes", "sort", "-since", "page", "1", "size", "50", "hours", "24", "days",
            "30");

    private final Supplier<String> timetable;

    private record Allowed(Pattern pattern, String said) {
        Allowed(String pattern, String said) {
            this(Pattern.compile(pattern), said);
        }
    }

    /** @param timetable says when the next pass over each source is due, as JSON */
    public Questions(Supplier<String> timetable) {
        this.timetable = timetable;
    }

    /** Returns the parameters of any of the statements that answer the dashboard. */
    public Map<String, Object> read(@Header(Exchange.HTTP_RAW_QUERY) String query) throws RefusedRequest {
        Map<String, Object> parameters = new HashMap<>();
        PARAMETERS.keySet().forEach(name -> parameters.put(name, DEFAULTS.get(name)));
        for (Map.Entry<String, List<String>> given : decoded(query).entrySet()) {
            parameters.put(given.getKey(), checked(given.getKey(), given.getValue()));
        }
        parameters.put("timetable", timetable.get());
        return parameters;
    }

    /** Returns the same parameters for all that match, as far as one file can hold it. */
    public Map<String, Object> whole(@Body Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("page", "1");
        all.put("size", "100000");
        return all;
    }

    private static Map<String, List<String>> decoded(String query) throws RefusedRequest {
        try {
            return new QueryStringDecoder(query == null ? "" : query, StandardCharsets.UTF_8, false).parameters();
        } catch (IllegalArgumentException e) {
            throw refused("The query is not percent-encoded as it must be.");
        }
    }

    private static String checked(String name, List<String> values) throws RefusedRequest {
        Allowed allowed = PARAMETERS.get(name);
        if (allowed == null) {
            throw refused("There is no parameter " + name + ".");
        }
        if (values.size() > 1 || !allowed.pattern().matcher(values.get(0)).matches()) {
            throw refused("The parameter " + name + " must be given once, as " + allowed.said() + ".");
        }
        return values.get(0);
    }

    private static Allowed oneOf(String words) {
        return new Allowed(words, words.replace("|", ", "));
    }

    private static RefusedRequest refused(String message) {
        return new RefusedRequest(ErrorBody.badParameter(message));
    }
}
