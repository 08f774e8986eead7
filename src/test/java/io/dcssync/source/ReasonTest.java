package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {

    static Stream<Arguments> connection_failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("dcs.example.com"), "unknown-host"),
                Arguments.of(new ConnectTimeoutException("timed out"), "no-connection"),
                Arguments.of(new HttpHostConnectException("refused"), "no-connection"),
                Arguments.of(new SocketTimeoutException("Read timed out"), "timeout"),
                Arguments.of(new SSLHandshakeException("no trust"), "tls"),
                Arguments.of(new SocketException("Connection reset"), "cut-off"),
                Arguments.of(new NoHttpResponseException("gone"), "cut-off"),
                Arguments.of(new EOFException(), "cut-off"),
                Arguments.of(new IOException("Stream closed"), "cut-off"));
    }

    @ParameterizedTest
    @MethodSource("connection_failures")
    void a_connection_that_failed_is_worth_another_try(IOException broken, String code) {
        Reason reason = Reason.of(new CamelExecutionException("while asking", null, broken));

        assertThat(reason.code()).isEqualTo(code);
        assertThat(reason.worthAnotherTry()).isTrue();
    }

    @Test
    void an_unusable_answer_speaks_for_itself() {
        UnusableAnswer answer =
                new UnusableAnswer("DCS.5000", "HTTP 500", true, Optional.of(Duration.ofSeconds(7)), Optional.empty());

        assertThat(Reason.of(new RuntimeException(answer)))
                .isEqualTo(new Reason(
                        "DCS.5000", "HTTP 500", true, Optional.of(Duration.ofSeconds(7)), Optional.empty(), true));
    }

    @Test
    void a_database_that_failed_is_not_asked_again() {
        assertThat(Reason.of(new RuntimeException(new SQLException("connection is closed"))))
                .isEqualTo(new Reason("database", "the ledger could not be written: connection is closed", false));
    }

    @Test
    void what_nobody_expected_is_told_as_it_is() {
        assertThat(Reason.of(new IllegalStateException("bug: odd")))
                .isEqualTo(new Reason("unexpected", "java.lang.IllegalStateException: bug: odd", false));
    }

    @Test
    void a_message_has_an_end() {
        assertThat(Reason.of(new IllegalStateException("x".repeat(5000))).message())
                .hasSize(1001)
                .endsWith("x…");
    }
}
