package io.dcssync.source.auth;

import io.dcssync.config.Auth.AccessKeys;
import io.dcssync.listapi.RequestSignature;
import io.dcssync.outbound.ErrorAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Signs requests that have no body with a pair of keys, {@code SDK-HMAC-SHA256}. A request that was refused is never
 * repeated: bad signatures lock the keys.
 */
final class SignedRequests implements Authentication {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration WORTH_A_WORD = Duration.ofMinutes(1);

    private final Renewable<AccessKeys> keys;
    private final String projectId;
    private final String whatToCheck;
    private final RefusedKeys refused;
    private final Clock clock;
    private volatile AccessKeys held;

    /**
     * @param projectId empty: the requests are about the account as a whole
     * @param whatToCheck where the keys come from, for who must find out why they are refused
     * @param refused what the endpoint has refused
     */
    SignedRequests(Renewable<AccessKeys> keys, String projectId, String whatToCheck, RefusedKeys refused, Clock clock) {
        this.keys = keys;
        this.projectId = projectId;
        this.whatToCheck = whatToCheck;
        this.refused = refused;
        this.clock = clock;
    }

    @Override
    public void prepare() throws CredentialsUnavailable {
        held = keys.current();
        refused.refuse(held, whatToCheck(""));
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) throws ProtocolException {
        AccessKeys with = held;
        Map<String, String> signed = new TreeMap<>();
        signed.put("Host", request.getHeader("Host").getValue());
        if (!projectId.isEmpty()) {
            signed.put("X-Project-Id", projectId);
        }
        signed.put("X-Sdk-Date", DATE.format(clock.instant()));
        with.securityToken().ifPresent(token -> signed.put("X-Security-Token", token.reveal()));
        String[] target = request.getPath().split("\\?", 2);
        RequestSignature signature = new RequestSignature(
                request.getMethod(), target[0], target.length > 1 ? target[1] : "", signed, new byte[0]);
        signed.forEach(request::setHeader);
        request.setHeader(
                "Authorization",
                signature.authorization(
                        with.accessKey().reveal(), with.secretKey().reveal()));
    }

    @Override
    public boolean renew(ErrorAnswer said) {
        keys.forget(held);
        refused.add(held, said);
        return false;
    }

    @Override
    public byte[] hide(byte[] answer) {
        AccessKeys shown = held;
        return new SentSecrets(Stream.concat(Stream.of(shown.accessKey()), shown.securityToken().stream()))
                .hide(answer);
    }

    @Override
    public String whatToCheck(String date) {
        return whatToCheck + clock(date);
    }

    private String clock(String date) {
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Duration ahead = Duration.between(theirs, clock.instant());
            if (ahead.abs().compareTo(WORTH_A_WORD) < 0) {
                return "; this machine's clock agrees with the endpoint's";
            }
            return "; this machine's clock is %d min %d s %s the endpoint's, more than 15 minutes are refused"
                    .formatted(
                            ahead.abs().toMinutes(),
                            ahead.abs().toSecondsPart(),
                            ahead.isNegative() ? "behind" : "ahead of");
        } catch (DateTimeException e) {
            return " and this machine's clock, which must not be more than 15 minutes off"; // no date to compare with
        }
    }
}
