package io.dcssync.listapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets in calls that are signed with one pair of keys, by {@code SDK-HMAC-SHA256}, within 15 minutes. */
public final class SignatureCheck implements CallerCheck {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            RequestSignature.ALGORITHM + " Access=([^,\\s]+), ?SignedHeaders=([^,\\s]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final Duration LARGEST_DIFFERENCE = Duration.ofMinutes(15);

    private final String accessKey;
    private final String secretKey;
    private final Clock clock;

    public SignatureCheck(String accessKey, String secretKey, Clock clock) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.clock = clock;
    }

    @Override
    public void check(ReceivedCall call) throws RefusedRequest {
        Matcher shown = AUTHORIZATION.matcher(call.header("authorization"));
        if (!shown.matches()) {
            throw refused("no valid header Authorization with " + RequestSignature.ALGORITHM);
        }
        List<String> signed = Arrays.asList(shown.group(2).split(";"));
        if (!signed.containsAll(List.of("host", RequestSignature.DATE_HEADER))) {
            throw refused("the headers host and x-sdk-date must be signed");
        }
        refuseUnlessTimely(call.header(RequestSignature.DATE_HEADER));
        // both are looked at, and both refused in the same words: callers are not to find out which keys there are
        boolean known = same(shown.group(1), accessKey);
        boolean genuine = same(shown.group(3), signature(call, signed));
        if (!(known && genuine)) {
            throw refused("verify aksk signature fail: no known access key, or not signed with its secret key");
        }
    }

    private String signature(ReceivedCall call, List<String> signed) throws RefusedRequest {
        Map<String, String> headers = new HashMap<>();
        signed.forEach(name -> headers.put(name, call.header(name)));
        try {
            return new RequestSignature(call.method(), call.rawPath(), call.rawQuery(), headers, new byte[0])
                    .by(secretKey);
        } catch (IllegalArgumentException e) {
            throw refused("the request line is not percent-encoded as it must be");
        }
    }

    private void refuseUnlessTimely(String date) throws RefusedRequest {
        try {
            Instant signedAt = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
            if (Duration.between(signedAt, clock.instant()).abs().compareTo(LARGEST_DIFFERENCE) > 0) {
                throw refused("the signature has expired: x-sdk-date is more than 15 minutes off");
            }
        } catch (DateTimeException e) {
            throw refused("x-sdk-date is no date in the form 20191115T033655Z");
        }
    }

    /** In a time that does not tell how much of it is the same. */
    static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static RefusedRequest refused(String why) {
        return new RefusedRequest(ErrorBody.badCredentials(why));
    }
}
