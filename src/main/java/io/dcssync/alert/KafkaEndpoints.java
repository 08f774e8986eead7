package io.dcssync.alert;

import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** Makes the endpoints of channels that are topics of Kafka. */
final class KafkaEndpoints {

    // together less than Round.SEND_TIMEOUT
    private static final int TO_FIND_THE_TOPIC = 5000;
    private static final int TO_BE_ACKNOWLEDGED = 4500;
    private static final int FOR_ONE_REQUEST = 4000;

    private KafkaEndpoints() {}

    /**
     * Makes an endpoint whose records are acknowledged by all replicas and are sent once, as is Camel's default.
     *
     * @throws org.apache.camel.ResolveEndpointFailedException if the URI is none
     * @throws IllegalArgumentException if Kafka's client cannot work with its options
     */
    static KafkaEndpoint open(CamelContext camel, String uri) {
        KafkaComponent component = camel.getComponent("kafka", KafkaComponent.class);
        component.setHealthCheckProducerEnabled(false); // it would make this program ill when a receiver is
        component.setKafkaClientFactory(new NamedBrokers());
        KafkaConfiguration standard = component.getConfiguration();
        standard.setMaxBlockMs(TO_FIND_THE_TOPIC);
        standard.setDeliveryTimeoutMs(TO_BE_ACKNOWLEDGED);
        standard.setRequestTimeoutMs(FOR_ONE_REQUEST);
        standard.setSynchronous(true); // an alert is recorded by the thread that sent it
        KafkaEndpoint endpoint = camel.getEndpoint(uri, KafkaEndpoint.class);
        boolean areAddresses = Stream.of(
                        endpoint.getConfiguration().getBrokers().split(",", -1))
                .allMatch(broker -> Utils.getHost(broker) != null && Utils.getPort(broker) != null);
        if (!areAddresses) {
            throw new IllegalArgumentException("a broker is not given as host:port");
        }
        try {
            new ProducerConfig(endpoint.getConfiguration().createProducerProperties());
        } catch (ConfigException e) {
            throw new IllegalArgumentException("no options of a producer", e);
        }
        return endpoint;
    }
}
