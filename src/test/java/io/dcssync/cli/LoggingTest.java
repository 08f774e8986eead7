package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger ours = LoggerFactory.getLogger("io.dcssync.x");
    private final Logger camel = LoggerFactory.getLogger("org.apache.camel.x");

    @AfterEach
    void log_as_usual_again() {
        System.setErr(standardError);
        Logging.start(Logging.Format.TEXT, false);
    }

    @Test
    void an_event_is_one_calm_line() {
        start(Logging.Format.TEXT, false);
        ours.info("pass 1\n2026-01-01T00:00:00Z ERROR forged");
        ours.debug("detail");
        camel.info("starting");
        camel.warn("hm");

        assertThat(lines())
                .hasSize(2)
                .satisfies(
                        line -> assertThat(line).matches(TIME + " INFO  pass 1 2026-01-01T00:00:00Z ERROR forged"),
                        Index.atIndex(0))
                .satisfies(line -> assertThat(line).matches(TIME + " WARN  hm"), Index.atIndex(1));
    }

    @Test
    void an_exception_stays_on_the_line() {
        start(Logging.Format.TEXT, false);
        ours.warn("not sent", new IllegalStateException("no\nanswer", new IOException("reset")));

        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith("WARN  not sent: IllegalStateException: no answer, caused by IOException: reset");
    }

    @Test
    void verbose_logs_more_and_indents_traces() {
        start(Logging.Format.TEXT, true);
        ours.debug("detail", new IOException("a\n2026-01-01T00:00:00Z ERROR forged"));
        camel.info("starting");

        List<String> lines = lines();
        assertThat(lines.get(0)).contains("DEBUG").endsWith("detail");
        assertThat(lines.get(lines.size() - 1)).endsWith("starting");
        assertThat(lines.subList(1, lines.size() - 1)).hasSizeGreaterThan(2).allSatisfy(line -> assertThat(line)
                .startsWith("    "));
    }

    @Test
    void json_is_an_object_a_line() {
        start(Logging.Format.JSON, false);
        ours.info("pass {}\nof {}", 1, "prod");

        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("{\"timestamp\":")
                .contains("\"level\":\"INFO\"")
                .contains("\"formattedMessage\":\"pass 1\\nof prod\"")
                .endsWith("}");
    }

    private void start(Logging.Format format, boolean verbose) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.start(format, verbose);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
