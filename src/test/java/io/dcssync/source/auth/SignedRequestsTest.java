package io.dcssync.source.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.Auth.AccessKeys;
import io.dcssync.config.Secret;
import io.dcssync.outbound.ErrorAnswer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRequestsTest {

    private final SignedRequests signed = new SignedRequests(
            Renewable.fixed(new AccessKeys(new Secret("AccessKey"), new Secret("SecretKey"), Optional.empty())),
            "p1",
            "check the keys",
            new RefusedKeys(Clock.systemUTC()),
            Clock.fixed(Instant.parse("2019-11-15T03:36:55Z"), ZoneOffset.UTC));

    @Test
    void what_leaves_is_signed_with_host_project_and_time() throws Exception {
        HttpGet get = new HttpGet("https://service.region.example.com/v2/p1/migration-tasks?limit=2");
        get.setHeader("Host", "service.region.example.com");
        signed.prepare();
        signed.process(get, null, HttpCoreContext.create());

        assertThat(get.getHeader("X-Sdk-Date").getValue()).isEqualTo("20191115T033655Z");
        assertThat(get.getHeader("Authorization").getValue())
                .matches(
                        "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-project-id;x-sdk-date, Signature=[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 15 Nov 2019 03:36:50 GMT | this machine's clock agrees with the endpoint's",
                "Fri, 15 Nov 2019 03:20:12 GMT | this machine's clock is 16 min 43 s ahead of the endpoint's",
                "Fri, 15 Nov 2019 04:40:00 GMT | this machine's clock is 63 min 5 s behind the endpoint's",
                "'' | and this machine's clock, which must not be more than 15 minutes off",
            })
    void how_far_the_clock_is_off_is_told(String date, String words) {
        assertThat(signed.whatToCheck(date)).startsWith("check the keys").contains(words);
    }

    @Test
    void a_signature_that_was_refused_is_worth_no_repeat() throws Exception {
        signed.prepare();
        assertThat(signed.renew(ErrorAnswer.of(new byte[0], ""))).isFalse();
    }
}
