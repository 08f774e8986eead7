package io.dcssync.config;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One alert channel: where alerts go, and which and how.
 *
 * @param name the name by which logs and the ledger speak of the channel; {@code [a-z0-9-]+}
 * @param uri a Camel producer endpoint URI; a secret as a whole, as it may carry tokens
 * @param on what it is told of; not empty
 * @param format how its alerts are written
 * @param secret the key that signs its deliveries, as {@link SigningKey} takes it, or PagerDuty's routing key, which is
 *     always there for that format; only where it is HTTP
 * @param digestAbove more alerts than this from one pass become one digest; 0: never
 * @param maxAttempts recorded attempts after which an alert is dead
 * @param retryDelay the first backoff; it doubles with jitter up to 15 minutes
 */
public record ChannelSettings(
        String name,
        Secret uri,
        Set<AlertKind> on,
        Format format,
        Optional<Secret> secret,
        FirstSync firstSync,
        int digestAbove,
        int maxAttempts,
        Duration retryDelay) {

    private static final int SIDE_BY_SIDE = 8;

    // a name with an expression in it may be another one for each
    private static final Pattern ONE_FILE = Pattern.compile("[?&]fileName=[^&$]*(&|$)");

    /** How an alert is written. */
    public enum Format {
        /** CloudEvents 1.0, structured JSON. */
        CLOUDEVENTS,
        /** An event of PagerDuty's Events API, version 2. */
        PAGERDUTY,
        /** A message for Slack. */
        SLACK,
        /** One line for people. */
        TEXT
    }

    /** What becomes of tasks first seen already failed, until the source's first whole pass has ended. */
    public enum FirstSync {
        /** One message for all of them. */
        DIGEST,
        /** A message each, unless they are more than {@link ChannelSettings#digestAbove()}. */
        EACH,
        /** No message. */
        NONE
    }

    /** The key that signs deliveries; empty: they are not signed. */
    public Optional<Secret> signingSecret() {
        return secret.filter(key -> format != Format.PAGERDUTY);
    }

    /** Whether the receiver keeps an incident of each alert open until it is told that it is over. */
    public boolean keepsIncidents() {
        return format == Format.PAGERDUTY;
    }

    /** How many alerts may be under way at once: one where they are read one below the other, or by whom is not known. */
    public int sideBySide() {
        return (isHttp() && format != Format.SLACK) || isKafka() ? SIDE_BY_SIDE : 1;
    }

    /** Whether alerts leave by HTTP. */
    public boolean isHttp() {
        return isHttp(uri);
    }

    static boolean isHttp(Secret uri) {
        return uri.reveal().startsWith("http:") || uri.reveal().startsWith("https:");
    }

    /** Whether every alert goes to one file that is not appended to. */
    static boolean replacesItsFile(Secret uri) {
        return uri.reveal().startsWith("file:")
                && ONE_FILE.matcher(uri.reveal()).find()
                && !uri.reveal().contains("fileExist=Append");
    }

    /** Whether alerts leave as mails. */
    public boolean isMail() {
        return isMail(uri);
    }

    static boolean isMail(Secret uri) {
        return uri.reveal().startsWith("smtp:") || uri.reveal().startsWith("smtps:");
    }

    /** Whether alerts leave by Kafka. */
    public boolean isKafka() {
        return uri.reveal().startsWith("kafka:");
    }

    /** Whether an option is among those of the URI. */
    public boolean hasOption(String name) {
        return hasOption(uri, name);
    }

    static boolean hasOption(Secret uri, String name) {
        return uri.reveal().matches("[^?]*\\?(.*&)?" + Pattern.quote(name) + "=[^&]+.*");
    }

    /** Whether alerts are written to files. */
    public boolean isFile() {
        return uri.reveal().startsWith("file:");
    }
}
