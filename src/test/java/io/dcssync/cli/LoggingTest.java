package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void what_a_line_is_about_are_fields_of_its_json_and_not_seen_in_text() throws Exception {
        start(Logging.Format.JSON, false);
        ours.atInfo()
                .addKeyValue("source", "prod\n\"x\"\u2028")
                .addKeyValue("run", 7L)
                .log("pass");
        ours.info("nothing");
        Logging.start(Logging.Format.TEXT, false);
        ours.atInfo().addKeyValue("source", "prod").log("pass");

        JsonNode about = new ObjectMapper().readTree(lines().get(0));
        assertThat(about.get("source").textValue()).isEqualTo("prod\n\"x\"\u2028");
        assertThat(about.get("run").longValue()).isEqualTo(7);
        assertThat(new ObjectMapper().readTree(lines().get(1)).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "timestamp", "level", "threadName", "loggerName", "formattedMessage", "throwable");
        assertThat(lines()).hasSize(3).last().asString().endsWith("INFO  pass");
    }

    @ParameterizedTest
    @CsvSource({"TEXT, false", "TEXT, true", "JSON, false"})
    void what_is_logged_ends_no_line_and_steers_no_terminal(Logging.Format format, boolean verbose) {
        String hostile =
                "a\n2026-01-01T00:00:00Z ERROR forged\r\u001b[2J\u001b]0;t\u0007\u007f\u009b31m\u0085\u2028\u202eb";
        start(format, verbose);
        ours.warn(hostile + " {}", hostile, new IllegalStateException(hostile, new IOException(hostile)));

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                        .doesNotStartWith("2026-01-01T00:00:00Z"))
                .element(0)
                .asString()
                .contains("forged");
    }

    @Test
    void what_json_escapes_is_whole_again_for_who_reads_it() throws Exception {
        String odd = "a\u0085\u2028\u202e\uDB40\uDC41\"\\b";
        start(Logging.Format.JSON, false);
        ours.info(odd);

        assertThat(new ObjectMapper()
                        .readTree(lines().get(0))
                        .get("formattedMessage")
                        .textValue())
                .isEqualTo(odd);
    }

    private void start(Logging.Format format, boolean verbose) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.start(format, verbose);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
