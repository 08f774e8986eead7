package io.dcssync.program;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the command {@code run} answers, as it says. */
public final class Serving {

    private static final Pattern MIRROR = Pattern.compile("mirror at (http://\\S+)/v2,");

    private static final Pattern OBSERVE = Pattern.compile("(http://\\S+/observe)/health");

    private Serving() {}

    /** Waits until it answers; returns the base URL of dashboard and mirror. */
    public static String mirrorOf(Running run) {
        return said(run, MIRROR).replace("0.0.0.0", "127.0.0.1");
    }

    /** Waits until it answers; returns the base URL of health and metrics. */
    static String observeOf(Running run) {
        return said(run, OBSERVE);
    }

    /** Returns what it answers on a path of health and metrics. */
    public static String askedOf(Running run, String path) throws IOException, InterruptedException {
        URI address = URI.create(observeOf(run) + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String said(Running run, Pattern what) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> what.matcher(run.err()).find());
        Matcher said = what.matcher(run.err());
        said.find();
        return said.group(1);
    }
}
