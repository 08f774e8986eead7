package io.dcssync.alert;

import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Why a record was not taken, in words made here: Kafka's own name brokers and topics, parts of the URI.
 *
 * @param answered whether a broker answered
 * @param isFinal whether sending again would change nothing
 */
record KafkaFailure(String words, boolean answered, boolean isFinal) {

    static KafkaFailure of(KafkaException thrown) {
        if (thrown instanceof TimeoutException) {
            boolean unknown = String.valueOf(thrown.getMessage()).contains("not present in metadata");
            return new KafkaFailure(
                    unknown
                            ? "no broker could be reached, or none has the topic"
                            : "no answer from the receiver in time",
                    false,
                    false);
        }
        if (thrown instanceof ApiException refused) {
            return new KafkaFailure("Kafka: " + name(refused), true, !(refused instanceof RetriableException));
        }
        boolean unresolved = String.valueOf(thrown.getMessage()).contains("No resolvable bootstrap urls");
        return new KafkaFailure(
                unresolved ? "no broker's host has an address" : "Kafka's client could not be made", false, false);
    }

    /** As in TopicAuthorizationException: topic authorization. */
    private static String name(ApiException refused) {
        return refused.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
