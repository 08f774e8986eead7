package io.dcssync.outbound;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboundHttpTest {

    @AutoClose
    private final HttpDouble server = HttpDouble.start();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private OutboundHttp http = new OutboundHttp(Duration.ofSeconds(10), timer);

    @AfterEach
    void end_the_timer() {
        timer.shutdownNow();
    }

    @Test
    void a_body_that_drips_is_cut_at_the_deadline() throws Exception {
        http = new OutboundHttp(Duration.ofMillis(400), timer);
        server.replies(server.dripping());

        long start = System.nanoTime();
        try (CloseableHttpClient client = client()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(client));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
    }

    @Test
    void a_server_that_does_not_answer_is_left_at_the_deadline() throws Exception {
        http = new OutboundHttp(Duration.ofMillis(300), timer);
        server.replies(server.hanging());

        try (CloseableHttpClient client = client()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(client));
        }
    }

    @Test
    void a_deadline_that_comes_after_the_answer_disturbs_no_later_request() throws Exception {
        http = new OutboundHttp(Duration.ofMillis(300), timer);
        server.replies(status(200, "whole"));

        try (CloseableHttpClient client = client()) {
            await().during(Duration.ofMillis(800)).until(() -> get(client).equals("200 whole"));
        }
    }

    @Test
    void all_that_is_under_way_can_be_cut_short() throws Exception {
        server.replies(server.hanging());
        try (CloseableHttpClient client = client()) {
            CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> unchecked(client));
            CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> unchecked(client));
            await().until(() -> server.requests().size() == 2);

            http.cancelAll();

            for (CompletableFuture<String> request : List.of(one, other)) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> request.get(2, TimeUnit.SECONDS))
                        .withRootCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void once_all_was_cut_short_nothing_more_is_sent() throws Exception {
        server.replies(status(200, "x"));
        http.cancelAll();

        try (CloseableHttpClient client = client()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(client));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void an_answer_without_end_is_not_read_to_its_end() throws Exception {
        http = new OutboundHttp(Duration.ofSeconds(60), timer);
        server.replies(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] megabyte = new byte[1 << 20];
            while (true) {
                exchange.getResponseBody().write(megabyte); // until the other side hangs up
            }
        });

        try (CloseableHttpClient client = client()) {
            assertThatExceptionOfType(AnswerTooLarge.class)
                    .isThrownBy(() -> get(client))
                    .withMessageContaining("larger than 64 MB");
        }
    }

    @Test
    void a_small_answer_that_unpacks_to_a_huge_one_is_not_read_to_its_end() throws Exception {
        http = new OutboundHttp(Duration.ofSeconds(60), timer);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            for (int megabyte = 0; megabyte < 80; megabyte++) {
                packing.write(new byte[1 << 20]);
            }
        }
        server.replies(exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            packed.writeTo(exchange.getResponseBody());
        });

        try (CloseableHttpClient client = client()) {
            assertThatExceptionOfType(AnswerTooLarge.class).isThrownBy(() -> get(client));
        }
    }

    @Test
    void redirects_are_not_followed() throws Exception {
        server.replies(status(302, "", "Location", server.url() + "/elsewhere"));

        try (CloseableHttpClient client = client()) {
            assertThat(get(client)).startsWith("302");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void cookies_are_not_kept() throws Exception {
        server.replies(status(200, "x", "Set-Cookie", "session=1"));

        try (CloseableHttpClient client = client()) {
            get(client);
            get(client);
        }
        assertThat(server.requests().get(1).headers().get("Cookie")).isNull();
    }

    @Test
    void nothing_is_sent_again_behind_the_callers_back() throws Exception {
        server.replies(status(503, "busy", "Retry-After", "0"));

        try (CloseableHttpClient client = client()) {
            assertThat(get(client)).isEqualTo("503 busy");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void requests_say_who_sends_them() throws Exception {
        server.replies(status(200, "x"));

        try (CloseableHttpClient client = client()) {
            get(client);
        }
        assertThat(server.requests().get(0).headers().get("User-Agent")).containsExactly("dcs-sync");
    }

    private CloseableHttpClient client() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        http.configureHttpClient(builder);
        return builder.build();
    }

    private String get(CloseableHttpClient client) throws IOException {
        return client.execute(
                new HttpGet(server.url() + "/x"),
                response -> response.getCode() + " " + EntityUtils.toString(response.getEntity()));
    }

    private String unchecked(CloseableHttpClient client) {
        try {
            return get(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
