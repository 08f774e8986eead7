package io.dcssync.http;

import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.RefusedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.webjars.WebJarVersionLocator;

/**
 * The files of the dashboard: its page, what is under {@code /web} of its own, and under {@code /lib} what comes from the
 * libraries' jars. A browser keeps them, and asks each time whether they are still the same. Thread-safe.
 */
public final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Scripts of this host, and no other; no text becomes a script or a page by mistake. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types lit-html";

    private static final Pattern PATH = Pattern.compile("/(web|lib)((/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)+)");
    private static final Pattern LIBRARY = Pattern.compile("/(lit-html|chart\\.js)/(.+\\.js)");

    private final WebJarVersionLocator libraries = new WebJarVersionLocator();
    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    private record Asset(String type, String text, String tag) {}

    /** Returns the page. */
    public WebAnswer page(@Header("If-None-Match") String tag) throws RefusedRequest {
        return answer("/web/index.html", tag)
                .with("Content-Security-Policy", POLICY)
                .with("Cache-Control", "no-store");
    }

    /** Returns the file of a path, or that the browser has it. */
    public WebAnswer answer(@Header(Exchange.HTTP_PATH) String path, @Header("If-None-Match") String tag)
            throws RefusedRequest {
        Asset asset = find(path).orElseThrow(() -> new RefusedRequest(ErrorBody.unknownPath()));
        Map<String, String> headers = Map.of("ETag", asset.tag(), "Cache-Control", "no-cache");
        return asset.tag().equals(tag)
                ? new WebAnswer(304, headers, "")
                : new WebAnswer(200, headers, asset.text()).with("Content-Type", asset.type());
    }

    private Optional<Asset> find(String path) {
        Asset found = known.get(path);
        if (found == null) {
            found = place(path).flatMap(Assets::read).orElse(null);
            if (found != null) { // what is not there is not kept: there is no end of it
                known.put(path, found);
            }
        }
        return Optional.ofNullable(found);
    }

    /** Returns where a path leads on the class path. */
    private Optional<String> place(String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        if (parts.group(1).equals("web")) {
            return Optional.of("web" + parts.group(2));
        }
        var library = LIBRARY.matcher(parts.group(2));
        return library.matches()
                ? Optional.ofNullable(libraries.fullPath(library.group(1), library.group(2)))
                : Optional.empty();
    }

    private static Optional<Asset> read(String place) {
        String type = TYPES.get(place.substring(place.lastIndexOf('.') + 1));
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(place)) {
            if (in == null || type == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return Optional.of(
                    new Asset(type, new String(bytes, StandardCharsets.UTF_8), '"' + hash.substring(0, 16) + '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
