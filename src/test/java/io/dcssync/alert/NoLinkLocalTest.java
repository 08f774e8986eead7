package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.config.GivenSettings;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoLinkLocalTest {

    private boolean sent;

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "2852039166", "fe80::1"})
    void nothing_is_sent_to_a_name_that_leads_to_a_link_local_address(String host) {
        assertThatThrownBy(() -> send(host)).isInstanceOf(NoLinkLocal.Refused.class);
        assertThat(sent).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.1", "name.invalid"})
    void other_names_are_left_to_the_connection(String host) throws Exception {
        send(host);
        assertThat(sent).isTrue();
    }

    @Test
    void it_is_told_in_words_without_the_address() {
        assertThat(SendFailure.of(new NoLinkLocal.Refused(), GivenSettings.channel("http://x.invalid"))
                        .message())
                .isEqualTo("the receiver's host has a link-local address, to which nothing is sent");
    }

    private void send(String host) throws IOException {
        try (CloseableHttpClient client = HttpClientBuilder.create()
                .addExecInterceptorFirst("connection", (request, scope, chain) -> {
                    sent = true;
                    return new BasicClassicHttpResponse(200);
                })
                .addExecInterceptorFirst("no-link-local", new NoLinkLocal())
                .build()) {
            client.execute(new HttpHost("http", host, 80), new HttpPost("/"), response -> response.getCode());
        }
    }
}
