package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Secret;
import io.dcssync.outbound.PrintableLine;
import io.dcssync.outbound.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.kafka.common.KafkaException;

/**
 * Why an alert could not be sent, or not to all, in words made here: an exception's own text may hold the URI of the
 * channel, which is a secret. What the receiver said is kept, but for parts of that URI.
 *
 * @param isPartial whether others than those who refused have the alert by now
 * @param answered whether the receiver answered, or was not asked; else it is out of reach
 * @param isFinal whether the receiver refuses the alert for good, so that sending it again would change nothing
 * @param retryAfter how long the receiver asks to be left alone, a day at most; empty: it does not
 */
record SendFailure(
        String message, boolean isPartial, boolean answered, boolean isFinal, Optional<Duration> retryAfter) {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    // the receiver was too slow, it is too early, or there were too many
    private static final Set<Integer> REFUSED_FOR_NOW = Set.of(408, 425, 429);

    private static final int LONGEST_BODY = 1000;
    private static final Pattern LOGIN = Pattern.compile("//([^/@]+)@");
    private static final Pattern SECRET_PARTS = Pattern.compile("[^/?&=#:@]{6,}");
    // Camel's way to write a value as it is
    private static final Pattern RAW = Pattern.compile("=RAW[({](.+?)[)}](?=&|$)");

    private static SendFailure outOfReach(String message) {
        return new SendFailure(message, false, false, false, Optional.empty());
    }

    private static SendFailure answered(String message, boolean isFinal) {
        return new SendFailure(message, false, true, isFinal, Optional.empty());
    }

    /** @param channel where the alert was to go */
    static SendFailure of(Throwable thrown, ChannelSettings channel) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException refused) {
                return refused(refused, channel);
            }
            if (cause instanceof SlackRefusal refused) {
                return answered("Slack refused it" + piece(refused.getMessage(), channel.uri()), refused.isFinal());
            }
            if (cause instanceof MailRefusal refused) {
                return refused(refused, channel);
            }
            if (cause instanceof KafkaException refused) {
                KafkaFailure why = KafkaFailure.of(refused);
                return new SendFailure(why.words(), false, why.answered(), why.isFinal(), Optional.empty());
            }
            if (cause instanceof JsonProcessingException) {
                return answered("the event could not be written", false);
            }
            if (cause instanceof IOException broken) {
                return outOfReach(channel.isFile() ? FileFailure.words(broken) : words(broken));
            }
        }
        return outOfReach("not sent: " + thrown.getClass().getSimpleName());
    }

    private static SendFailure refused(MailRefusal refused, ChannelSettings channel) {
        String words = "SMTP " + refused.code() + piece(refused.getMessage(), channel.uri());
        return refused.refusedAddresses()
                .map(addresses -> new SendFailure(addresses + " refused, " + words, true, true, true, Optional.empty()))
                .orElseGet(() -> answered(words, refused.isFinal()));
    }

    private static SendFailure refused(HttpOperationFailedException refused, ChannelSettings channel) {
        int status = refused.getStatusCode();
        if (status / 100 == 3) {
            String words = "HTTP %d: answered with a redirect, which is not followed; check alert.%s.uri";
            return answered(words.formatted(status, channel.name()), true);
        }
        Optional<Duration> pause = askedFor(refused);
        return new SendFailure(
                "HTTP " + status + piece(withoutSecret(refused.getResponseBody(), channel), channel.uri()),
                false,
                true,
                // who asks for a pause wants to be asked again
                status / 100 == 4 && !REFUSED_FOR_NOW.contains(status) && pause.isEmpty(),
                pause);
    }

    private static Optional<Duration> askedFor(HttpOperationFailedException refused) {
        // null where the answer had no headers
        Map<String, String> headers = Objects.requireNonNullElse(refused.getResponseHeaders(), Map.of());
        return RetryAfter.in(headers, Instant.now())
                .filter(pause -> !pause.isZero())
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private static String words(IOException broken) {
        if (broken instanceof NoLinkLocal.Refused) {
            return "the receiver's host has a link-local address, to which nothing is sent";
        }
        if (broken instanceof UnknownHostException) {
            return "the receiver's host has no address";
        }
        if (broken instanceof ConnectException) {
            return "no connection to the receiver";
        }
        if (broken instanceof SocketTimeoutException) {
            return "no answer from the receiver in time";
        }
        if (broken instanceof SSLException) {
            return "no secure connection to the receiver";
        }
        return "the connection ended, or time was up, before the receiver had answered";
    }

    private static String piece(String body, Secret channel) {
        String line = body == null ? "" : PrintableLine.of(body);
        return line.isEmpty() ? "" : ": " + beginning(hidden(line, channel));
    }

    /** The secret of a channel may be a part of what was sent. */
    private static String withoutSecret(String body, ChannelSettings channel) {
        return body == null || channel.secret().isEmpty()
                ? body
                : body.replace(
                        channel.secret().get().reveal(), channel.secret().get().toString());
    }

    /** Receivers may echo what they were asked for, and parts of it may be tokens. */
    private static String hidden(String text, Secret channel) {
        Stream<String> login = LOGIN.matcher(channel.reveal())
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(":")));
        Stream<String> parts = SECRET_PARTS.matcher(channel.reveal()).results().map(MatchResult::group);
        Stream<String> raw = RAW.matcher(channel.reveal()).results().map(found -> found.group(1));
        return Stream.of(login, raw, parts)
                .flatMap(Function.identity())
                .flatMap(part -> Stream.of(part, decoded(part)))
                .filter(part -> !part.isEmpty())
                .sorted(Comparator.comparing(String::length).reversed())
                .reduce(text, (hidden, part) -> hidden.replace(part, channel.toString()));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part; // a percent sign that encodes nothing
        }
    }

    private static String beginning(String line) {
        int end = Math.min(line.length(), LONGEST_BODY);
        boolean inPair = end < line.length() && Character.isLowSurrogate(line.charAt(end));
        return line.substring(0, inPair ? end - 1 : end);
    }
}
