package io.dcssync.alert;

import java.util.Properties;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes no Kafka client where the name of a broker leads to a link-local address. What the brokers tell of others is
 * Kafka's to follow.
 */
final class NamedBrokers extends DefaultKafkaClientFactory {

    @Override
    @SuppressWarnings("rawtypes") // as Camel has it
    public Producer getProducer(Properties options) {
        try {
            for (String broker :
                    options.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG).split(",", -1)) {
                NoLinkLocal.check(Utils.getHost(broker));
            }
        } catch (NoLinkLocal.Refused e) {
            throw new RuntimeCamelException(e);
        }
        return super.getProducer(options);
    }
}
