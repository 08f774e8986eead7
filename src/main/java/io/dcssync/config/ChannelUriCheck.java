package io.dcssync.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Refuses channel URIs that no alert could be sent to, or that none should be sent to. */
final class ChannelUriCheck {

    private static final Set<String> SHIPPED =
            Set.of("https", "http", "slack", "smtp", "smtps", "kafka", "file", "log");
    // where Camel looks for a component
    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";
    private static final int LONGEST_SCHEME = 30;

    private static final Pattern HOST =
            Pattern.compile("(?:https?|smtps?):(?://)?(?:[^/?#]*@)?(\\[[^\\]]*\\]|[^:/?#]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_OPTIONS =
            Pattern.compile("[?&](?:brokers|webhookUrl|serverUrl)=(?:RAW[({])?([^&]*)");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*\\]|\\d{1,10}(\\.\\d{1,8}){0,3}");
    private static final Set<String> METADATA = Set.of("metadata.google.internal", "metadata.google.internal.");

    private ChannelUriCheck() {}

    /** Returns what is wrong; nothing where alerts may go there. */
    static Optional<String> complaint(Secret secret) {
        String uri = secret.reveal();
        String scheme = uri.substring(0, uri.indexOf(':'));
        if (!isThere(scheme)) {
            return Optional.of(
                    scheme.length() > LONGEST_SCHEME
                            ? "there is no such component"
                            : "no component %1$s: put camel-%1$s %2$s and its dependencies into lib/ext"
                                    .formatted(
                                            scheme,
                                            CamelContext.class.getPackage().getImplementationVersion()));
        }
        if (ChannelSettings.isMail(secret)
                && !(ChannelSettings.hasOption(secret, "to") && ChannelSettings.hasOption(secret, "from"))) {
            return Optional.of("a mail needs who it goes to and who it comes from:"
                    + " smtp://host?to=ops@example.com&from=dcs-sync@example.com");
        }
        if (scheme.equals("kafka") && !ChannelSettings.hasOption(secret, "brokers")) {
            return Optional.of("Kafka needs its brokers: kafka:topic?brokers=host:9092");
        }
        return leadsToLinkLocal(uri)
                ? Optional.of(
                        "leads to a link-local address, where clouds hand out credentials:" + " nothing is sent to one")
                : Optional.empty();
    }

    /** Components that work here for other ends are no receivers, but for what a user has put there. */
    private static boolean isThere(String scheme) {
        try {
            return Collections.list(ChannelUriCheck.class.getClassLoader().getResources(COMPONENTS + scheme)).stream()
                    .anyMatch(
                            found -> SHIPPED.contains(scheme) || found.getPath().contains("/lib/ext/"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean leadsToLinkLocal(String uri) {
        return hosts(uri).map(host -> host.toLowerCase(Locale.ROOT)).anyMatch(ChannelUriCheck::isLinkLocal);
    }

    /** The hosts that alerts would go to, as they are written. */
    private static Stream<String> hosts(String uri) {
        if (uri.startsWith("kafka:") || uri.startsWith("slack:")) {
            return IN_OPTIONS
                    .matcher(uri)
                    .results()
                    .flatMap(option -> Stream.of(option.group(1).split(",")))
                    .map(address -> HOST.matcher(address.contains("://") ? address : "http://" + address))
                    .filter(Matcher::lookingAt)
                    .map(host -> host.group(1));
        }
        Matcher host = HOST.matcher(uri);
        return host.lookingAt() ? Stream.of(host.group(1)) : Stream.empty();
    }

    private static boolean isLinkLocal(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return METADATA.contains(name);
        }
        try {
            // a zone names an interface of this machine, which need not be there
            return InetAddress.getByName(name.replaceFirst("%[^\\]]*", "")).isLinkLocalAddress();
        } catch (UnknownHostException e) {
            return false; // no address after all
        }
    }
}
