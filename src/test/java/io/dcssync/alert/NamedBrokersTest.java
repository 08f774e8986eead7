package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedBrokersTest {

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254:9092", "127.0.0.1:9092,[fe80::1]:9092"})
    void no_client_is_made_where_a_broker_has_a_link_local_address(String brokers) {
        Properties options = new Properties();
        options.put("bootstrap.servers", brokers);

        assertThatThrownBy(() -> new NamedBrokers().getProducer(options)).hasCauseInstanceOf(NoLinkLocal.Refused.class);
    }
}
