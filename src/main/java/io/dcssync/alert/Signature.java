package io.dcssync.alert;

import io.dcssync.config.Secret;
import io.dcssync.config.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries by HMAC-SHA256, so that a receiver knows who sent them and when. Thread-safe.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret one that {@link SigningKey} takes */
    Signature(Secret secret) {
        key = new SecretKeySpec(SigningKey.of(secret).orElseThrow(), ALGORITHM);
    }

    /**
     * Returns the headers that go with a delivery.
     *
     * @param id of the event, the same in each attempt
     * @param now the time of this attempt
     * @param body the bytes as they are sent
     */
    Map<String, String> headers(String id, Instant now, byte[] body) {
        String timestamp = String.valueOf(now.getEpochSecond());
        byte[] signature = hmac((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8), body);
        return Map.of(
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }

    private byte[] hmac(byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
