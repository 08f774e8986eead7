package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayLimitTest {

    @Test
    void the_gateways_limit_is_a_time_between_requests() {
        assertThat(GatewayLimit.spacing("policy user over ratelimit,limit:200,time:5 minute"))
                .contains(Duration.ofMillis(1500));
        assertThat(GatewayLimit.spacing("limit:10,time:1 second")).contains(Duration.ofMillis(100));
        assertThat(GatewayLimit.spacing("limit:0,time:1 second")).isEmpty();
        assertThat(GatewayLimit.spacing("over ratelimit")).isEmpty();
    }

    @Test
    void it_is_a_minute_at_most() {
        assertThat(GatewayLimit.spacing("limit:2,time:1 hour")).contains(Duration.ofMinutes(1));
        assertThat(GatewayLimit.spacing("limit:1,time:999 hour")).contains(Duration.ofMinutes(1));
        assertThat(GatewayLimit.spacing("limit:1,time:59 second")).contains(Duration.ofSeconds(59));
    }
}
