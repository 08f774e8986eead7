package io.dcssync.config;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration: merges it, checks all of it, and gives it typed, or tells everything that is wrong. */
public final class SettingsReader {

    private static final int USUAL_OVERLAP = 10;

    private final Values values;
    private final AuthReader auth;
    private final Map<String, List<X509Certificate>> trusted = new HashMap<>();

    private SettingsReader(Values values, Map<String, String> environment) {
        this.values = values;
        this.auth = new AuthReader(values, environment);
    }

    /**
     * Reads properties files, of which later ones win, and an environment, which wins over them.
     *
     * <p>A configuration without sources or channels is fine here; commands that need some say so.
     *
     * @throws ConfigurationException with every problem, if there is any
     */
    public static Settings read(List<Path> files, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Written written = Written.read(files, environment, problems);
        KeysAtHand keys = KeysAtHand.in(written, environment, problems);
        Values values = new Values(written, problems);
        keys.known().forEach(values::check);
        SettingsReader reader = new SettingsReader(values, environment);
        keys.sources().forEach(reader::checkOverlap);
        keys.channels().forEach(reader::checkSecret);
        keys.channels().forEach(reader::checkFile);
        keys.channels().forEach(reader::checkUri);
        keys.sources().forEach(reader.auth::check);
        keys.sources().forEach(reader::checkProjects);
        keys.sources().forEach(reader::readCertificates);
        reader.checkDatabase();
        reader.checkTraces();
        HttpSection http = new HttpSection(values);
        http.check();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Settings(
                keys.sources().stream()
                        .filter(name -> !reader.isSearch(name))
                        .map(reader::source)
                        .toList(),
                keys.sources().stream()
                        .filter(reader::isSearch)
                        .map(reader::search)
                        .toList(),
                reader.database(),
                keys.channels().stream().map(reader::channel).toList(),
                reader.sync(),
                reader.retention(),
                values.get(KnownKeys.SCHEDULE_STORE, ""),
                http.read(),
                reader.traces());
    }

    private void checkOverlap(String source) {
        Optional<Integer> pageSize = values.find(KnownKeys.SOURCE_PAGE_SIZE, source);
        Optional<Integer> overlap = values.find(KnownKeys.SOURCE_PAGE_OVERLAP, source);
        if (pageSize.isPresent() && overlap.isPresent() && overlap.get() >= pageSize.get()) {
            values.refuse(
                    KnownKeys.SOURCE_PAGE_OVERLAP,
                    source,
                    "must be less than " + KnownKeys.SOURCE_PAGE_SIZE.of(source) + ", which is " + pageSize.get());
        }
    }

    private void checkProjects(String source) {
        boolean given = values.isSet(KnownKeys.SOURCE_PROJECT_ID, source);
        if (!values.isSet(KnownKeys.SOURCE_PROJECTS, source)) {
            if (!given) {
                values.refuse(
                        KnownKeys.SOURCE_PROJECT_ID,
                        source,
                        "is required: " + KnownKeys.SOURCE_PROJECT_ID.type().allowed());
            }
            return;
        }
        if (given) {
            values.refuse(
                    KnownKeys.SOURCE_PROJECTS,
                    source,
                    "finds the projects by itself: leave " + KnownKeys.SOURCE_PROJECT_ID.of(source) + " out");
        }
        auth.checkSearch(source);
    }

    private boolean isSearch(String source) {
        return values.isSet(KnownKeys.SOURCE_PROJECTS, source);
    }

    private ProjectSearch search(String name) {
        return new ProjectSearch(source(name), values.get(KnownKeys.SOURCE_IAM_ENDPOINT, name));
    }

    private void checkSecret(String channel) {
        boolean goesElsewhere = values.find(KnownKeys.ALERT_URI, channel)
                .filter(uri -> !ChannelSettings.isHttp(uri))
                .isPresent();
        if (values.find(KnownKeys.ALERT_FORMAT, channel).equals(Optional.of("pagerduty"))) {
            checkPagerDuty(channel, goesElsewhere);
        } else if (goesElsewhere && values.isSet(KnownKeys.ALERT_SECRET, channel)) {
            values.refuse(
                    KnownKeys.ALERT_SECRET,
                    channel,
                    "signs HTTP deliveries, and " + KnownKeys.ALERT_URI.of(channel)
                            + " is no https: or http: address: leave the key out");
        } else {
            values.find(KnownKeys.ALERT_SECRET, channel)
                    .filter(secret -> SigningKey.of(secret).isEmpty())
                    .ifPresent(
                            secret -> values.refuse(KnownKeys.ALERT_SECRET, channel, "must be " + SigningKey.ALLOWED));
        }
    }

    private void checkPagerDuty(String channel, boolean goesElsewhere) {
        if (goesElsewhere) {
            values.refuse(
                    KnownKeys.ALERT_FORMAT,
                    channel,
                    "goes to an https: or http: address only: set %s = https://events.pagerduty.com/v2/enqueue"
                            .formatted(KnownKeys.ALERT_URI.of(channel)));
        }
        if (!values.isSet(KnownKeys.ALERT_SECRET, channel)) {
            values.refuse(
                    KnownKeys.ALERT_SECRET,
                    channel,
                    "is required for %s = pagerduty: the routing key of the integration (Events API v2)"
                            .formatted(KnownKeys.ALERT_FORMAT.of(channel)));
        }
        if (values.find(KnownKeys.ALERT_ON, channel).equals(Optional.of(Set.of(AlertKind.RECOVERED)))) {
            values.refuse(
                    KnownKeys.ALERT_ON,
                    channel,
                    "would send nothing: a recovery resolves the incident of the failure, and nothing here opens one; add failed");
        }
    }

    private void checkFile(String channel) {
        boolean replaces = values.find(KnownKeys.ALERT_URI, channel)
                .filter(ChannelSettings::replacesItsFile)
                .isPresent();
        if (replaces) {
            values.refuse(
                    KnownKeys.ALERT_URI,
                    channel,
                    "each alert would take the place of the one before: add &fileExist=Append, or leave fileName out so that each gets a file of its own");
        }
    }

    private void checkUri(String channel) {
        values.find(KnownKeys.ALERT_URI, channel)
                .flatMap(ChannelUriCheck::complaint)
                .ifPresent(complaint -> values.refuse(KnownKeys.ALERT_URI, channel, complaint));
    }

    private void readCertificates(String source) {
        values.findPath(KnownKeys.SOURCE_CA_PATH, source).ifPresent(file -> {
            try {
                trusted.put(source, Certificates.read(file));
            } catch (Certificates.Unreadable e) {
                values.refuse(KnownKeys.SOURCE_CA_PATH, source, e.getMessage());
            }
        });
    }

    /** A login without a URL is a URL that was forgotten: do not start another database instead. */
    private void checkDatabase() {
        for (KnownKey<?> login : List.of(KnownKeys.DATABASE_USER, KnownKeys.DATABASE_PASSWORD)) {
            if (values.isSet(login, "") && !values.isSet(KnownKeys.DATABASE_URL, "")) {
                values.refuse(
                        login, "", "needs database.url, which is not set; the embedded database has its own login");
            }
        }
    }

    private void checkTraces() {
        if (values.isSet(KnownKeys.OTEL_HEADERS, "") && !values.isSet(KnownKeys.OTEL_ENDPOINT, "")) {
            values.refuse(KnownKeys.OTEL_HEADERS, "", "needs otel.endpoint, which is not set: nothing is traced");
        }
    }

    private SourceSettings source(String name) {
        int pageSize = values.get(KnownKeys.SOURCE_PAGE_SIZE, name);
        URI endpoint = values.get(KnownKeys.SOURCE_ENDPOINT, name);
        return new SourceSettings(
                name,
                endpoint,
                values.find(KnownKeys.SOURCE_PROJECT_ID, name).orElse(""),
                auth.read(name),
                trusted.getOrDefault(name, List.of()),
                values.find(KnownKeys.SOURCE_PROXY, name),
                values.get(KnownKeys.SOURCE_SCHEDULE, name),
                values.get(KnownKeys.SOURCE_TIME_ZONE, name),
                pageSize,
                values.find(KnownKeys.SOURCE_PAGE_OVERLAP, name).orElse(Math.min(USUAL_OVERLAP, pageSize - 1)),
                values.find(KnownKeys.SOURCE_NAME_FILTER, name).filter(filter -> !filter.isEmpty()),
                values.get(KnownKeys.SOURCE_REQUEST_TIMEOUT, name),
                values.get(KnownKeys.SOURCE_MAX_ATTEMPTS, name),
                values.get(KnownKeys.SOURCE_RATE_LIMIT, name),
                values.get(KnownKeys.SOURCE_ENABLED, name));
    }

    private DatabaseSettings database() {
        return new DatabaseSettings(
                values.find(KnownKeys.DATABASE_URL, ""),
                values.find(KnownKeys.DATABASE_USER, ""),
                values.find(KnownKeys.DATABASE_PASSWORD, ""),
                values.findPath(KnownKeys.DATABASE_FOLDER),
                values.get(KnownKeys.DATABASE_POOL_SIZE, ""),
                values.get(KnownKeys.DATABASE_MIGRATE, ""));
    }

    private ChannelSettings channel(String name) {
        return new ChannelSettings(
                name,
                values.get(KnownKeys.ALERT_URI, name),
                values.get(KnownKeys.ALERT_ON, name),
                format(name),
                values.find(KnownKeys.ALERT_SECRET, name),
                values.get(KnownKeys.ALERT_FIRST_SYNC, name),
                values.get(KnownKeys.ALERT_DIGEST_ABOVE, name),
                values.get(KnownKeys.ALERT_MAX_ATTEMPTS, name),
                values.get(KnownKeys.ALERT_RETRY_DELAY, name));
    }

    /** People read mails. */
    private ChannelSettings.Format format(String channel) {
        boolean isMail = ChannelSettings.isMail(values.get(KnownKeys.ALERT_URI, channel));
        return isMail && !values.isSet(KnownKeys.ALERT_FORMAT, channel)
                ? ChannelSettings.Format.TEXT
                : ChannelSettings.Format.valueOf(
                        values.get(KnownKeys.ALERT_FORMAT, channel).toUpperCase(Locale.ROOT));
    }

    private SyncSettings sync() {
        int coresTimesTwo = Runtime.getRuntime().availableProcessors() * 2;
        return new SyncSettings(
                values.find(KnownKeys.SYNC_PARALLELISM, "").orElse(coresTimesTwo),
                values.get(KnownKeys.SYNC_MAX_DURATION, ""),
                values.get(KnownKeys.SYNC_LEASE, ""),
                values.get(KnownKeys.SYNC_MISSING_AFTER, ""),
                values.get(KnownKeys.SYNC_MAX_MISSING_SHARE, ""),
                values.get(KnownKeys.SYNC_STUCK_AFTER, ""),
                values.get(KnownKeys.SYNC_FAILING_AFTER, ""),
                values.get(KnownKeys.SYNC_RETRY_DELAY, ""));
    }

    private Optional<TraceSettings> traces() {
        return values.find(KnownKeys.OTEL_ENDPOINT, "")
                .map(endpoint -> new TraceSettings(
                        endpoint,
                        values.find(KnownKeys.OTEL_HEADERS, "")
                                .map(TraceSettings::headers)
                                .orElse(Map.of())));
    }

    private RetentionSettings retention() {
        return new RetentionSettings(
                values.find(KnownKeys.RETENTION_TRANSITIONS, ""),
                values.find(KnownKeys.RETENTION_VERSIONS, ""),
                values.get(KnownKeys.RETENTION_RUNS, ""));
    }
}
