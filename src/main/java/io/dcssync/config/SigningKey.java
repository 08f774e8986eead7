package io.dcssync.config;

import java.util.Base64;
import java.util.Optional;

/**
 * The key in a signing secret as Standard Webhooks writes it.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public final class SigningKey {

    /** What is allowed, as it stands in a message after "must be". */
    static final String ALLOWED =
            "base64 of 24 to 64 random bytes, with or without whsec_ before it; openssl rand -base64 32 makes one";

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private SigningKey() {}

    /** Returns the bytes of the key, or nothing where the text is not base64 of 24 to 64 bytes. */
    public static Optional<byte[]> of(Secret secret) {
        String text = secret.reveal();
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            return Optional.of(key).filter(bytes -> bytes.length >= SHORTEST && bytes.length <= LONGEST);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
