package io.dcssync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quartz.CronExpression;

/**
 * What values a key takes.
 *
 * @param allowed what is allowed, as it stands in a message after "must be"
 * @param secret whether a value must not be seen
 * @param parser gives nothing for a value that is not allowed
 * @param near gives an allowed value that may have been meant by one that is not; nothing where there is none
 */
public record ValueType<T>(
        String allowed, boolean secret, Function<String, Optional<T>> parser, Function<String, Optional<String>> near) {

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,15})?");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern HTTP_URI = Pattern.compile("https?://[^/?#\\s]\\S*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+=[\\x21-\\x7e][\\x20-\\x7e]*");
    private static final Pattern ENDPOINT_URI = Pattern.compile("[a-z][a-z0-9+.-]*:.+", Pattern.DOTALL);

    ValueType(String allowed, boolean secret, Function<String, Optional<T>> parser) {
        this(allowed, secret, parser, none -> Optional.empty());
    }

    /** Returns the typed value, or nothing where the text is not allowed. */
    public Optional<T> parse(String text) {
        return parser.apply(text);
    }

    static ValueType<String> text() {
        return shown("text that is not empty", text -> Optional.of(text).filter(ValueType::filled));
    }

    /** Text for which nothing at all is a value too. */
    static ValueType<String> textOrEmpty() {
        return shown("text", Optional::of);
    }

    /** One part of a URL's path, such as a project's id. */
    static ValueType<String> pathSegment() {
        return shown("letters, digits, '-', '.', '_' and '~' only", text -> Optional.of(text)
                .filter(ValueType::isPathSegment));
    }

    static ValueType<String> startingWith(String start) {
        return shown("text that starts with " + start, text -> Optional.of(text)
                .filter(whole -> whole.startsWith(start) && whole.length() > start.length()));
    }

    static ValueType<Secret> secretText() {
        return new ValueType<>("text that is not empty", true, text -> Optional.of(text)
                .filter(ValueType::filled)
                .map(Secret::new));
    }

    /** A key whose form depends on what it is for; blanks around it do not count. */
    static ValueType<Secret> key(String allowed) {
        return new ValueType<>(allowed, true, text -> Optional.of(text.strip())
                .filter(ValueType::filled)
                .map(Secret::new));
    }

    /** Headers of HTTP, of whose values nothing is shown. */
    static ValueType<Secret> headers() {
        return new ValueType<>(
                "a comma list of name=value, each the name of a header and its value", true, text -> Optional.of(
                                text.strip())
                        .filter(list -> Arrays.stream(list.split(",", -1))
                                .allMatch(
                                        header -> HEADER.matcher(header.strip()).matches()))
                        .map(Secret::new));
    }

    /** A producer endpoint; only its beginning can be checked before its component sees it. */
    static ValueType<Secret> channelUri() {
        Predicate<String> fits = uri ->
                (uri.startsWith("http") ? HTTP_URI : ENDPOINT_URI).matcher(uri).matches();
        return new ValueType<>(
                "an endpoint URI that starts with https:, http:, slack:, smtp:, smtps:, kafka:, file:, log: or the name of a component in lib/ext",
                true,
                text -> Optional.of(text.strip()).filter(fits).map(Secret::new));
    }

    static ValueType<Boolean> yesOrNo() {
        return shown("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static ValueType<Integer> wholeNumber(int least) {
        return wholeNumber("a whole number, " + least + " or more", least, Integer.MAX_VALUE);
    }

    static ValueType<Integer> wholeNumber(int least, int most) {
        return wholeNumber("a whole number from " + least + " to " + most, least, most);
    }

    private static ValueType<Integer> wholeNumber(String allowed, int least, int most) {
        return shown(allowed, text -> Optional.of(text)
                .filter(digits -> WHOLE.matcher(digits).matches())
                .map(Long::valueOf)
                .filter(number -> number >= least && number <= most)
                .map(Long::intValue));
    }

    /** A part of a whole: 0 to 1. */
    static ValueType<Double> share() {
        return shown("a number from 0 to 1, such as 0.5", text -> Optional.of(text)
                .filter(digits -> DECIMAL.matcher(digits).matches())
                .map(Double::valueOf)
                .filter(number -> number <= 1));
    }

    static ValueType<Duration> duration(String least, String most) {
        Duration lower = DurationText.parse(least).orElseThrow();
        Duration upper = DurationText.parse(most).orElseThrow();
        return shown(
                "a duration such as %s, from %s to %s"
                        .formatted(
                                upper.toDays() > 0 ? "500ms, 30s, 1m30s, 24h or 7d" : "500ms, 30s, 5m or 1m30s",
                                least,
                                most),
                text -> DurationText.parse(text)
                        .filter(value -> value.compareTo(lower) >= 0 && value.compareTo(upper) <= 0));
    }

    /** A schedule that has a next time: Quartz does not start with one that will never fire. */
    static ValueType<String> cron() {
        return shown(
                "a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, "
                        + "with ? for either day or weekday)",
                text -> Optional.of(text).filter(ValueType::willFire));
    }

    private static boolean willFire(String cron) {
        try {
            return new CronExpression(cron).getNextValidTimeAfter(Date.from(Instant.now())) != null;
        } catch (ParseException malformed) {
            return false;
        }
    }

    /** A time zone by a name that Java knows. Never a silent GMT for another name. */
    static ValueType<ZoneId> timeZone() {
        ValueType<ZoneId> zone = shown("the name of a time zone, such as UTC or Europe/Berlin", text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        });
        return new ValueType<>(
                zone.allowed,
                zone.secret,
                zone.parser,
                text -> Nearest.place(text.strip(), ZoneId.getAvailableZoneIds().stream()));
    }

    /** The address of an HTTP proxy, with its port. */
    static ValueType<URI> proxyUrl() {
        return shown("a URL http://host:port", text -> baseUrl()
                .parse(text)
                .filter(url -> "http".equalsIgnoreCase(url.getScheme())
                        && url.getPort() > 0
                        && url.getRawPath().isEmpty()));
    }

    /** The base of a service's URLs, with a path where a gateway stands before it; a slash at the end is dropped. */
    static ValueType<URI> baseUrl() {
        return shown("a URL http(s)://host[:port][/path] without user, query or fragment", text -> {
            try {
                URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
                String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
                boolean bare = url.getRawPath() != null
                        && isPath(url.getRawPath())
                        && url.getRawUserInfo() == null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null;
                boolean reachable = url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65535;
                return Optional.of(url)
                        .filter(base -> bare && reachable && (scheme.equals("http") || scheme.equals("https")));
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        });
    }

    /** Nothing, or segments that mean the same to every server, signer and proxy. */
    private static boolean isPath(String path) {
        return path.isEmpty() || Arrays.stream(path.substring(1).split("/", -1)).allMatch(ValueType::isPathSegment);
    }

    private static boolean isPathSegment(String text) {
        return UNRESERVED.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    static ValueType<String> oneOf(String... choices) {
        List<String> known = List.of(choices);
        return shown(
                "one of " + String.join(", ", known), text -> Optional.of(text).filter(known::contains));
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> choices) {
        Map<String, E> known = byName(choices);
        return shown("one of " + String.join(", ", known.keySet()), text -> Optional.ofNullable(known.get(text)));
    }

    static <E extends Enum<E>> ValueType<Set<E>> listOf(Class<E> choices) {
        Map<String, E> known = byName(choices);
        return shown("a comma list of " + String.join(", ", known.keySet()), text -> {
            List<String> names =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            return Optional.of(names)
                    .filter(known.keySet()::containsAll)
                    .map(all -> all.stream().map(known::get).collect(Collectors.toUnmodifiableSet()));
        });
    }

    private static <E extends Enum<E>> Map<String, E> byName(Class<E> choices) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E choice : choices.getEnumConstants()) {
            byName.put(written(choice), choice);
        }
        return byName;
    }

    /** Returns how a choice is written in a configuration. */
    public static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> ValueType<T> shown(String allowed, Function<String, Optional<T>> parser) {
        return new ValueType<>(allowed, false, text -> parser.apply(text.strip()));
    }

    private static boolean filled(String text) {
        return !text.isBlank();
    }
}
