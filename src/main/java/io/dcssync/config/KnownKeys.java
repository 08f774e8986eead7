package io.dcssync.config;

import static io.dcssync.config.KnownKey.Fallback.is;
import static io.dcssync.config.KnownKey.Fallback.nothing;
import static io.dcssync.config.KnownKey.Fallback.required;
import static io.dcssync.config.KnownKey.Fallback.words;
import static io.dcssync.config.ValueType.baseUrl;
import static io.dcssync.config.ValueType.channelUri;
import static io.dcssync.config.ValueType.cron;
import static io.dcssync.config.ValueType.duration;
import static io.dcssync.config.ValueType.headers;
import static io.dcssync.config.ValueType.key;
import static io.dcssync.config.ValueType.listOf;
import static io.dcssync.config.ValueType.oneOf;
import static io.dcssync.config.ValueType.pathSegment;
import static io.dcssync.config.ValueType.proxyUrl;
import static io.dcssync.config.ValueType.secretText;
import static io.dcssync.config.ValueType.share;
import static io.dcssync.config.ValueType.startingWith;
import static io.dcssync.config.ValueType.text;
import static io.dcssync.config.ValueType.textOrEmpty;
import static io.dcssync.config.ValueType.timeZone;
import static io.dcssync.config.ValueType.wholeNumber;
import static io.dcssync.config.ValueType.yesOrNo;

import io.dcssync.config.KnownKey.Fallback;
import io.dcssync.config.KnownKey.Tier;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The table of all configuration keys, the one place that says what a key is called, takes, defaults to and means. The
 * reader checks by it, and {@code config/application.properties} is held against it.
 */
public final class KnownKeys {

    // filled by the rows below, in their order; so it must stand before them
    private static final List<KnownKey<?>> ROWS = new ArrayList<>();

    /** Longer than any sensible duration, short enough to be counted in nanoseconds. */
    private static final String LONGEST = "3650d";

    static final KnownKey<URI> SOURCE_ENDPOINT = essential(
            "source.<name>.endpoint", baseUrl(), required(), "base URL of DCS, https://dcs.<region>.myhuaweicloud.com");
    static final KnownKey<String> SOURCE_PROJECT_ID = essential(
            "source.<name>.project-id",
            pathSegment(),
            words("none; needed unless projects = discover"),
            "id of the project whose tasks are read");
    static final KnownKey<String> SOURCE_PROJECTS = frequent(
            "source.<name>.projects",
            oneOf("discover"),
            nothing(),
            "discover: each project that IAM lists when run or sync starts becomes a source NAME-PROJECT, in the place of "
                    + "project-id; for token, and for aksk with iam-endpoint");
    static final KnownKey<String> SOURCE_AUTH = essential(
            "source.<name>.auth",
            oneOf("aksk", "token", "ecs-agency", "none"),
            is("aksk"),
            "how requests to DCS are authenticated: aksk, token, ecs-agency, none");
    static final KnownKey<Secret> SOURCE_ACCESS_KEY = essential(
            "source.<name>.access-key",
            secretText(),
            words("HUAWEICLOUD_SDK_AK from the environment"),
            "access key, for aksk");
    static final KnownKey<Secret> SOURCE_SECRET_KEY = essential(
            "source.<name>.secret-key",
            secretText(),
            words("HUAWEICLOUD_SDK_SK from the environment"),
            "secret key, for aksk");
    static final KnownKey<Secret> SOURCE_SECURITY_TOKEN = rare(
            "source.<name>.security-token",
            secretText(),
            words("HUAWEICLOUD_SDK_SECURITY_TOKEN from the environment"),
            "token that goes with temporary access keys, for aksk");
    static final KnownKey<URI> SOURCE_IAM_ENDPOINT = rare(
            "source.<name>.iam-endpoint",
            baseUrl(),
            nothing(),
            "base URL of IAM, for token, and for aksk with projects = discover");
    static final KnownKey<String> SOURCE_IAM_DOMAIN =
            rare("source.<name>.iam-domain", text(), nothing(), "account (domain) name, for token");
    static final KnownKey<String> SOURCE_IAM_USER =
            rare("source.<name>.iam-user", text(), nothing(), "user name, for token");
    static final KnownKey<Secret> SOURCE_IAM_PASSWORD =
            rare("source.<name>.iam-password", secretText(), nothing(), "password, for token");
    static final KnownKey<URI> SOURCE_METADATA_ENDPOINT = rare(
            "source.<name>.metadata-endpoint",
            baseUrl(),
            is("http://169.254.169.254"),
            "where the server's own credentials are asked for, for ecs-agency");
    static final KnownKey<String> SOURCE_CA_PATH = rare(
            "source.<name>.ca-path",
            text(),
            words("the authorities that Java trusts"),
            "PEM file with the only authorities whose certificates are accepted, for DCS and IAM");
    static final KnownKey<URI> SOURCE_PROXY =
            rare("source.<name>.proxy", proxyUrl(), nothing(), "HTTP proxy for DCS and IAM, http://host:port");
    static final KnownKey<String> SOURCE_SCHEDULE =
            frequent("source.<name>.schedule", cron(), is("0 0/5 * * * ?"), "when passes start, a Quartz cron");
    static final KnownKey<ZoneId> SOURCE_TIME_ZONE =
            frequent("source.<name>.time-zone", timeZone(), is("UTC"), "time zone of the schedule");
    static final KnownKey<Integer> SOURCE_PAGE_SIZE =
            rare("source.<name>.page-size", wholeNumber(1, 1000), is("1000"), "rows asked for per page, 1 to 1000");
    static final KnownKey<Integer> SOURCE_PAGE_OVERLAP = rare(
            "source.<name>.page-overlap",
            wholeNumber(0, 999),
            words("10, or page-size - 1 where that is less"),
            "rows of the page before that the next page asks for again, 0 to page-size - 1");
    static final KnownKey<String> SOURCE_NAME_FILTER = frequent(
            "source.<name>.name-filter",
            textOrEmpty(),
            nothing(),
            "reads only tasks whose name contains this (case matters)");
    static final KnownKey<Duration> SOURCE_REQUEST_TIMEOUT = rare(
            "source.<name>.request-timeout",
            duration("1ms", LONGEST),
            is("30s"),
            "time for a whole request, to the last byte of the answer");
    static final KnownKey<Integer> SOURCE_MAX_ATTEMPTS =
            rare("source.<name>.max-attempts", wholeNumber(1), is("5"), "tries per page in all, the first included");
    static final KnownKey<Integer> SOURCE_RATE_LIMIT = rare(
            "source.<name>.rate-limit",
            wholeNumber(1),
            is("10"),
            "requests per second to this endpoint, all sources of one endpoint together");
    static final KnownKey<Boolean> SOURCE_ENABLED =
            frequent("source.<name>.enabled", yesOrNo(), is("true"), "whether the source is read");

    static final KnownKey<String> DATABASE_URL = essential(
            "database.url",
            startingWith("jdbc:postgresql:"),
            words("an embedded PostgreSQL that keeps its data under data/"),
            "the reporting database, jdbc:postgresql://host:5432/name; a statement that is not answered within two minutes is given up, socketTimeout in the URL sets other seconds");
    static final KnownKey<String> DATABASE_USER =
            essential("database.user", text(), nothing(), "who logs in to the database");
    static final KnownKey<Secret> DATABASE_PASSWORD =
            essential("database.password", secretText(), nothing(), "password for the database");
    static final KnownKey<String> DATABASE_FOLDER = rare(
            "database.folder",
            text(),
            words("data/postgres"),
            "where the embedded PostgreSQL keeps its data; relative to the folder of the file that says so");
    static final KnownKey<Integer> DATABASE_POOL_SIZE =
            rare("database.pool-size", wholeNumber(1, 1000), is("10"), "connections to the database at most");
    static final KnownKey<Boolean> DATABASE_MIGRATE = rare(
            "database.migrate", yesOrNo(), is("true"), "whether commands bring the schema up to date by themselves");

    static final KnownKey<Secret> ALERT_URI = essential(
            "alert.<channel>.uri",
            channelUri(),
            required(),
            "where alerts go: an endpoint URI, https:, http:, slack:, smtp:, smtps:, kafka:, file:, log:, or another of Camel's in lib/ext");
    static final KnownKey<String> ALERT_FORMAT = frequent(
            "alert.<channel>.format",
            oneOf("cloudevents", "slack", "pagerduty", "text"),
            is("cloudevents"),
            "how an alert is written: cloudevents, slack, pagerduty, text; where it is not set, mails are text");
    static final KnownKey<Set<AlertKind>> ALERT_ON = frequent(
            "alert.<channel>.on",
            listOf(AlertKind.class),
            is("failed"),
            "what is alerted: a comma list of failed, recovered, missing, stuck, unknown-status, sync-failing");
    static final KnownKey<Secret> ALERT_SECRET = frequent(
            "alert.<channel>.secret",
            key(SigningKey.ALLOWED + "; for pagerduty, the routing key of the integration"),
            nothing(),
            "signs HTTP deliveries as Standard Webhooks: base64, from openssl rand -base64 32; for pagerduty: the routing key");
    static final KnownKey<ChannelSettings.FirstSync> ALERT_FIRST_SYNC = frequent(
            "alert.<channel>.first-sync",
            oneOf(ChannelSettings.FirstSync.class),
            is("digest"),
            "tasks first seen already failed, until the source's first whole pass: one digest, each, or none");
    static final KnownKey<Integer> ALERT_DIGEST_ABOVE = rare(
            "alert.<channel>.digest-above",
            wholeNumber(0),
            is("20"),
            "more alerts than this from one pass become one digest; 0 = never");
    static final KnownKey<Integer> ALERT_MAX_ATTEMPTS = rare(
            "alert.<channel>.max-attempts",
            wholeNumber(1),
            is("100"),
            "deliveries tried before an alert is dead (100: about a day)");
    static final KnownKey<Duration> ALERT_RETRY_DELAY = rare(
            "alert.<channel>.retry-delay",
            duration("1ms", "15m"),
            is("1s"),
            "first pause before a delivery is tried again; doubles with jitter up to 15m");

    static final KnownKey<Integer> SYNC_PARALLELISM =
            rare("sync.parallelism", wholeNumber(1, 10_000), words("cores x 2"), "passes side by side");
    static final KnownKey<Duration> SYNC_MAX_DURATION =
            rare("sync.max-duration", duration("1ms", LONGEST), is("30m"), "a pass that takes longer ends as failed");
    static final KnownKey<Duration> SYNC_LEASE = rare(
            "sync.lease",
            duration("3s", LONGEST),
            is("30s"),
            "a pass whose process gives no sign of life for this long may be taken over; at least 3s");
    static final KnownKey<Duration> SYNC_RETRY_DELAY = rare(
            "sync.retry-delay",
            duration("1ms", "30s"),
            is("1s"),
            "first pause before a page is asked for again; doubles with jitter up to 30s");
    static final KnownKey<Duration> SYNC_STUCK_AFTER = frequent(
            "sync.stuck-after", duration("1ms", LONGEST), is("24h"), "an active task unchanged for longer is stuck");
    static final KnownKey<Integer> SYNC_MISSING_AFTER = rare(
            "sync.missing-after",
            wholeNumber(1),
            is("2"),
            "complete passes in a row without a task before it is missing");
    static final KnownKey<Double> SYNC_MAX_MISSING_SHARE = rare(
            "sync.max-missing-share",
            share(),
            is("0.5"),
            "brake: a pass that lacks more than this share (0 to 1) of the listed tasks, where they were 10 or more, is suspect "
                    + "until sync --accept-missing lets one through");
    static final KnownKey<Integer> SYNC_FAILING_AFTER =
            rare("sync.failing-after", wholeNumber(1), is("3"), "failed passes in a row before sync-failing alerts");

    static final KnownKey<Duration> RETENTION_TRANSITIONS = rare(
            "retention.transitions",
            duration("1d", LONGEST),
            words("for ever"),
            "how long changes of status are kept; longer: a task's present one, all since its last success, what alerts tell of");
    static final KnownKey<Duration> RETENTION_VERSIONS = rare(
            "retention.versions",
            duration("1d", LONGEST),
            words("for ever"),
            "how long former contents of tasks are kept; longer: what alerts tell of");
    static final KnownKey<Duration> RETENTION_RUNS = rare(
            "retention.runs",
            duration("1d", LONGEST),
            is("90d"),
            "how long passes are kept; longer: a source's last whole one and all since, and those whose findings are kept");

    static final KnownKey<ScheduleStore> SCHEDULE_STORE = rare(
            "schedule.store",
            oneOf(ScheduleStore.class),
            is("memory"),
            "where Quartz keeps its triggers: memory; jdbc = clustered in the reporting database, for several nodes");

    static final KnownKey<String> HTTP_HOST =
            frequent("http.host", text(), is("127.0.0.1"), "address of the dashboard, its JSON and the mirror");
    static final KnownKey<Integer> HTTP_PORT = frequent(
            "http.port",
            wholeNumber(0, 65535),
            is("8080"),
            "port of the dashboard, its JSON and the mirror; 0 = any, printed");
    static final KnownKey<String> HTTP_USER = frequent(
            "http.user",
            text(),
            nothing(),
            "user of the dashboard, and of the mirror while http.mirror.auth is none; needed where the host is not loopback");
    static final KnownKey<Secret> HTTP_PASSWORD =
            frequent("http.password", secretText(), nothing(), "password that goes with http.user");
    static final KnownKey<Boolean> HTTP_OPEN = rare(
            "http.open",
            yesOrNo(),
            is("false"),
            "lets everybody read who reaches http.host, by whatever host name, without user and password");
    static final KnownKey<String> HTTP_MANAGEMENT_HOST =
            rare("http.management-host", text(), is("127.0.0.1"), "address of health and metrics");
    static final KnownKey<Integer> HTTP_MANAGEMENT_PORT =
            frequent("http.management-port", wholeNumber(0, 65535), is("9876"), "port of health and metrics; 0 = any");
    static final KnownKey<String> HTTP_MIRROR_AUTH = rare(
            "http.mirror.auth",
            oneOf("none", "token", "aksk"),
            is("none"),
            "what callers of the mirror must show: none, token, aksk");
    static final KnownKey<Secret> HTTP_MIRROR_TOKEN =
            rare("http.mirror.token", secretText(), nothing(), "the token callers of the mirror show as X-Auth-Token");
    static final KnownKey<Secret> HTTP_MIRROR_ACCESS_KEY =
            rare("http.mirror.access-key", secretText(), nothing(), "the access key callers of the mirror sign with");
    static final KnownKey<Secret> HTTP_MIRROR_SECRET_KEY =
            rare("http.mirror.secret-key", secretText(), nothing(), "the secret key callers of the mirror sign with");

    static final KnownKey<URI> OTEL_ENDPOINT = rare(
            "otel.endpoint",
            baseUrl(),
            nothing(),
            "where traces of passes go, by OTLP over HTTP: base URL of a collector, http://127.0.0.1:4318; without it there are none");
    static final KnownKey<Secret> OTEL_HEADERS = rare(
            "otel.headers",
            headers(),
            nothing(),
            "what the collector wants to be sent with traces: a comma list of name=value, Authorization=Bearer TOKEN");

    private KnownKeys() {}

    /** Returns every key, in the order of the table. */
    public static List<KnownKey<?>> all() {
        return Collections.unmodifiableList(ROWS);
    }

    private static <T> KnownKey<T> essential(String pattern, ValueType<T> type, Fallback fallback, String meaning) {
        return row(new KnownKey<>(Tier.ESSENTIAL, pattern, type, fallback, meaning));
    }

    private static <T> KnownKey<T> frequent(String pattern, ValueType<T> type, Fallback fallback, String meaning) {
        return row(new KnownKey<>(Tier.FREQUENT, pattern, type, fallback, meaning));
    }

    private static <T> KnownKey<T> rare(String pattern, ValueType<T> type, Fallback fallback, String meaning) {
        return row(new KnownKey<>(Tier.RARE, pattern, type, fallback, meaning));
    }

    private static <T> KnownKey<T> row(KnownKey<T> key) {
        ROWS.add(key);
        return key;
    }
}
