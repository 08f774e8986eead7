package io.dcssync.listapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One valid request of the list: {@code GET /v2/{project_id}/migration-tasks}.
 *
 * @param offset number of tasks to skip, 0 or more; 0 unless given
 * @param limit most tasks to return, 1 to 1000; 10 unless given
 * @param name what a task's name must contain, case matters. The API document does not say whether it means the whole
 *     name; contains answers both kinds of caller
 */
public record ListRequest(String projectId, int offset, int limit, Optional<String> name) {

    private static final int DEFAULT_LIMIT = 10;
    private static final int LARGEST_LIMIT = 1000;
    private static final Pattern PATH = Pattern.compile("/v2/([^/]+)/migration-tasks/?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /**
     * Reads path and query as they stood in the request line, still encoded.
     *
     * <p>Unknown parameters are ignored. A parameter that stands twice, is no number or is out of range is refused with
     * 400, another path with 404.
     *
     * @param rawQuery what followed the question mark; null or empty when there was none
     */
    public static ListRequest parse(String rawPath, String rawQuery) throws RefusedRequest {
        Matcher path = PATH.matcher(rawPath);
        if (!path.matches()) {
            throw new RefusedRequest(ErrorBody.unknownPath());
        }
        String project = decode(path.group(1));
        if (project.indexOf('\0') >= 0) { // PostgreSQL cannot store it, so no project can be called so
            throw new RefusedRequest(ErrorBody.unknownPath());
        }
        String query = rawQuery == null ? "" : rawQuery;
        return new ListRequest(
                project,
                number("offset", value(query, "offset"), 0, 0, Integer.MAX_VALUE),
                number("limit", value(query, "limit"), DEFAULT_LIMIT, 1, LARGEST_LIMIT),
                name(value(query, "name")));
    }

    /** Tells whether a task of this name is asked for. A task without a name is called "". */
    public boolean asksFor(String taskName) {
        return name.isEmpty() || taskName.contains(name.get());
    }

    private static Optional<String> value(String query, String parameter) throws RefusedRequest {
        Optional<String> found = Optional.empty();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!key.equals(parameter)) {
                continue;
            }
            if (found.isPresent()) {
                throw refused("The parameter " + parameter + " is given more than once.");
            }
            found = Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return found;
    }

    private static int number(String parameter, Optional<String> text, int unlessGiven, int least, int most)
            throws RefusedRequest {
        if (text.isEmpty()) {
            return unlessGiven;
        }
        long number = NUMBER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : -1;
        if (number < least || number > most) {
            throw refused("The parameter " + parameter + " must be an integer from " + least + " to " + most + ".");
        }
        return (int) number;
    }

    private static Optional<String> name(Optional<String> text) throws RefusedRequest {
        // PostgreSQL cannot store this character, so no task can be called so
        if (text.isPresent() && text.get().indexOf('\0') >= 0) {
            throw refused("The parameter name must not contain the character U+0000.");
        }
        return text.filter(given -> !given.isEmpty());
    }

    private static String decode(String encoded) throws RefusedRequest {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("The request line is not percent-encoded as it must be.");
        }
    }

    private static RefusedRequest refused(String message) {
        return new RefusedRequest(ErrorBody.badParameter(message));
    }
}
