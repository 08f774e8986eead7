package io.dcssync.program;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the command {@code run} answers, as it says. */
public final class Serving {

    private static final Pattern MIRROR = Pattern.compile("mirror at (http://\\S+)/v2,");

    private Serving() {}

    /** Waits until it answers; returns the base URL of dashboard and mirror. */
    public static String mirrorOf(Running run) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> MIRROR.matcher(run.err()).find());
        Matcher said = MIRROR.matcher(run.err());
        said.find();
        return said.group(1).replace("0.0.0.0", "127.0.0.1");
    }
}
