package io.dcssync.alert;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Why a record was not taken, in words made here: Kafka's own name brokers and topics, parts of the URI.
 *
 * @param answered whether a broker answered
 * @param isFinal whether sending again would change nothing
 */
record KafkaFailure(String words, boolean answered, boolean isFinal) {

    // not all that Kafka does not repeat by itself: a broker that has an internal error, or has lost what it knew of
    // this
    // producer, may take the record next time
    private static final List<Class<? extends ApiException>> FINAL = List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            InvalidRecordException.class,
            InvalidTopicException.class,
            RecordTooLargeException.class,
            UnsupportedVersionException.class);

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
            return new KafkaFailure(
                    "Kafka: " + name(refused), true, FINAL.stream().anyMatch(known -> known.isInstance(refused)));
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
