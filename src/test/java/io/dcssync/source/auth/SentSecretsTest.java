package io.dcssync.source.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SentSecretsTest {

    @Test
    void a_secret_is_hidden_as_it_is_and_as_json_writes_it() {
        String secret = "a\"b\\c/dé";

        assertThat(hidden("<p>you sent a\"b\\c/dé</p>", secret)).isEqualTo("<p>you sent ******</p>");
        assertThat(hidden("{\"you\":\"a\\\"b\\\\c/dé\"}", secret)).isEqualTo("{\"you\":\"******\"}");
        assertThat(hidden("{\"you\":\"a\\\"b\\\\c\\/d\\u00E9\"}", secret)).isEqualTo("{\"you\":\"******\"}");
    }

    @Test
    void of_two_secrets_the_longer_one_is_hidden_whole() {
        assertThat(hidden("geheim and geheimer", "geheim", "geheimer")).isEqualTo("****** and ******");
    }

    @Test
    void a_signature_is_hidden_be_it_the_one_sent_or_the_one_expected() {
        assertThat(hidden("Signature=" + "0aF1".repeat(16) + ", expected " + "b2".repeat(32)))
                .isEqualTo("Signature=******, expected ******");
        assertThat(hidden("request 0123456789abcdef0123456789abcdef"))
                .isEqualTo("request 0123456789abcdef0123456789abcdef");
    }

    @Test
    void nothing_is_hidden_where_a_secret_is_empty() {
        assertThat(hidden("as it is", "")).isEqualTo("as it is");
    }

    private static String hidden(String answer, String... secrets) {
        return new String(new SentSecrets(Stream.of(secrets).map(Secret::new)).hide(answer.getBytes(UTF_8)), UTF_8);
    }
}
