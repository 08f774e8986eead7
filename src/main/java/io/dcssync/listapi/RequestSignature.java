package io.dcssync.listapi;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature {@code SDK-HMAC-SHA256} of one request, as Huawei's API gateway computes it. Who sends a request and who
 * checks it both use this, so that they cannot differ. Immutable; holds no secret.
 */
public final class RequestSignature {

    public static final String ALGORITHM = "SDK-HMAC-SHA256";
    /** The header with the time of signing; always signed. */
    public static final String DATE_HEADER = "x-sdk-date";

    private final String canonicalRequest;
    private final String signedHeaders;
    private final String date;

    /**
     * Brings the parts of a request into the form that is signed.
     *
     * @param rawPath path as it stands in the request line
     * @param rawQuery query as it stands there; null or empty: none
     * @param headers the headers to sign, {@link #DATE_HEADER} among them
     * @throws IllegalArgumentException where path or query is not percent-encoded as it must be
     */
    public RequestSignature(String method, String rawPath, String rawQuery, Map<String, String> headers, byte[] body) {
        SortedMap<String, String> sorted = new TreeMap<>();
        headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signedHeaders = String.join(";", sorted.keySet());
        date = sorted.get(DATE_HEADER);
        StringBuilder lines = new StringBuilder();
        sorted.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        canonicalRequest = String.join(
                "\n", method, canonicalPath(rawPath), canonicalQuery(rawQuery), lines, signedHeaders, sha256(body));
    }

    /** Returns the names of the signed headers, as they stand in the header {@code Authorization}. */
    public String signedHeaders() {
        return signedHeaders;
    }

    /** Returns the signature that this secret key gives, in hex. */
    public String by(String secretKey) {
        String toSign = String.join("\n", ALGORITHM, date, sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Returns the header {@code Authorization} for these keys. */
    public String authorization(String accessKey, String secretKey) {
        return "%s Access=%s, SignedHeaders=%s, Signature=%s"
                .formatted(ALGORITHM, accessKey, signedHeaders, by(secretKey));
    }

    /** Each segment encoded anew, and always a slash at the end, though the real path has none. */
    private static String canonicalPath(String rawPath) {
        String path = Arrays.stream(rawPath.split("/", -1))
                .map(segment -> encode(decode(segment.replace("+", "%2B"))))
                .collect(Collectors.joining("/"));
        return path.endsWith("/") ? path : path + "/";
    }

    private static String canonicalQuery(String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return "";
        }
        return Arrays.stream(rawQuery.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(RequestSignature::parameter)
                .sorted(Comparator.<String[], String>comparing(p -> p[0]).thenComparing(p -> p[1]))
                .map(p -> p[0] + "=" + p[1])
                .collect(Collectors.joining("&"));
    }

    /** Name and value, encoded anew; it is these that are sorted. */
    private static String[] parameter(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        return new String[] {encode(decode(name)), encode(decode(value))};
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /** Percent-encoding of all but the unreserved characters of RFC 3986. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
