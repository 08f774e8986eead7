package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class EndpointTest {

    private final Endpoint endpoint = new Endpoint(URI.create("http://dcs"), 1000);

    @Test
    void after_many_failures_in_a_row_it_is_left_alone() throws Exception {
        fail(20);

        assertThatThrownBy(endpoint::refuseWhileResting)
                .isInstanceOf(EndpointResting.class)
                .hasMessageContaining("failed 20 times in a row");
    }

    @Test
    void a_success_among_the_failures_is_enough_to_go_on() throws Exception {
        fail(19);
        endpoint.refuseWhileResting();
        endpoint.answered();
        fail(19);

        assertThatCode(endpoint::refuseWhileResting).doesNotThrowAnyException();
    }

    @Test
    void sources_share_their_endpoint_by_scheme_host_and_port() {
        Settings settings = GivenSettings.of(
                source("a", "https://dcs.example.com"),
                source("b", "https://DCS.example.com:443/gateway"),
                source("c", "http://dcs.example.com"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Accesses accesses = new Accesses(settings.sources(), timer, Clock.systemUTC())) {
            Map<String, Access> access = accesses.bySource();
            assertThat(access.get("a").endpoint())
                    .isSameAs(access.get("b").endpoint())
                    .isNotSameAs(access.get("c").endpoint());
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void the_lowest_rate_limit_of_its_sources_is_that_of_the_endpoint() throws Exception {
        Settings settings = GivenSettings.of(
                source("fast", "http://dcs"), "source.fast.rate-limit = 500",
                source("slow", "http://dcs"), "source.slow.rate-limit = 20");
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Accesses accesses = new Accesses(settings.sources(), timer, Clock.systemUTC())) {
            Endpoint shared = accesses.bySource().get("fast").endpoint();
            shared.awaitTurn(Duration.ofSeconds(1));
            long start = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                shared.awaitTurn(Duration.ofSeconds(1));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void it_is_held_for_an_hour_at_most_whatever_it_asks_for() {
        endpoint.hold(Duration.ofDays(10_000));

        assertThatThrownBy(() -> endpoint.awaitTurn(Duration.ofMinutes(58)))
                .isInstanceOf(TurnTooLate.class)
                .hasMessageContaining("in 3600 s");
    }

    private static String source(String name, String url) {
        return "source.%1$s.endpoint = %2$s\nsource.%1$s.project-id = p\nsource.%1$s.auth = none".formatted(name, url);
    }

    private void fail(int times) throws EndpointResting {
        for (int i = 0; i < times; i++) {
            endpoint.refuseWhileResting();
            endpoint.failed(new IOException("refused"));
        }
    }
}
