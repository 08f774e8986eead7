package io.dcssync.source;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the limit that Huawei's API gateway names when it refuses a request for being one too many (APIGW.0308). */
final class GatewayLimit {

    private static final Pattern LIMIT =
            Pattern.compile("limit:\\s*(\\d{1,7}),\\s*time:\\s*(\\d{1,3}) ?(second|minute|hour)");

    /** Were the words misread, or the limit one of another API, more than that would bring all to a standstill. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private GatewayLimit() {}

    /**
     * Returns how much time the gateway wants between requests, or nothing where its words do not say:
     * {@code limit:200,time:5 minute} is one every 1.5 seconds. A minute at most.
     */
    static Optional<Duration> spacing(String words) {
        Matcher limit = LIMIT.matcher(words);
        if (!limit.find() || Integer.parseInt(limit.group(1)) == 0) {
            return Optional.empty();
        }
        Duration window = ChronoUnit.valueOf(limit.group(3).toUpperCase(Locale.ROOT) + "S")
                .getDuration()
                .multipliedBy(Long.parseLong(limit.group(2)));
        Duration spacing = window.dividedBy(Integer.parseInt(limit.group(1)));
        return Optional.of(spacing.compareTo(LONGEST) < 0 ? spacing : LONGEST);
    }
}
