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
}
