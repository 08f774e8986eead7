package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingSettingsTest {

    @TempDir
    Path folder;

    @Test
    void a_source_needs_little_and_has_defaults_for_the_rest() {
        assertThat(new Configuration(folder).prodAnd().source())
                .isEqualTo(new SourceSettings(
                        "prod",
                        URI.create("https://dcs.eu-de.example.com"),
                        "p1",
                        new Auth.None(),
                        List.of(),
                        Optional.empty(),
                        "0 0/5 * * * ?",
                        ZoneId.of("UTC"),
                        1000,
                        10,
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        5,
                        10,
                        true));
    }

    @Test
    void every_key_of_a_source_is_read() {
        SourceSettings source = new Configuration(folder)
                .prodAnd(
                        "source.prod.endpoint = http://127.0.0.1:8080/",
                        "source.prod.schedule = 0 0 3 * * ?",
                        "source.prod.time-zone = Europe/Berlin",
                        "source.prod.page-size = 100",
                        "source.prod.page-overlap = 0",
                        "source.prod.name-filter = shop",
                        "source.prod.request-timeout = 1m30s",
                        "source.prod.max-attempts = 3",
                        "source.prod.rate-limit = 2",
                        "source.prod.enabled = false")
                .source();

        assertThat(source)
                .isEqualTo(new SourceSettings(
                        "prod",
                        URI.create("http://127.0.0.1:8080"),
                        "p1",
                        new Auth.None(),
                        List.of(),
                        Optional.empty(),
                        "0 0 3 * * ?",
                        ZoneId.of("Europe/Berlin"),
                        100,
                        0,
                        Optional.of("shop"),
                        Duration.ofSeconds(90),
                        3,
                        2,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "http://gateway/dcs, http://gateway/dcs",
        "http://gateway/dcs/, http://gateway/dcs",
        "https://gateway:8443/a/b_c-d.e~f/, https://gateway:8443/a/b_c-d.e~f",
        "http://127.0.0.1:8080/, http://127.0.0.1:8080",
    })
    void an_endpoint_may_have_a_path_and_loses_the_slash_at_its_end(String endpoint, String base) {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.endpoint = " + endpoint)
                        .source()
                        .endpoint())
                .hasToString(base);
    }

    @Test
    void the_usual_overlap_shrinks_with_the_page() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size=5")
                        .source()
                        .pageOverlap())
                .isEqualTo(4);
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size=1")
                        .source()
                        .pageOverlap())
                .isZero();
    }

    @Test
    void without_a_source_there_are_settings_too() {
        Settings settings = SettingsReader.read(List.of(), Map.of());

        assertThat(settings.sources()).isEmpty();
        assertThat(settings.channels()).isEmpty();
        assertThat(settings.database())
                .isEqualTo(new DatabaseSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10, true));
        assertThat(settings.sync())
                .isEqualTo(new SyncSettings(
                        Runtime.getRuntime().availableProcessors() * 2,
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(30),
                        2,
                        0.5,
                        Duration.ofHours(24),
                        3,
                        Duration.ofSeconds(1)));
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(Optional.empty(), Optional.empty(), Duration.ofDays(90)));
    }

    @Test
    void how_long_the_past_is_kept_is_said_in_days_as_a_rule() {
        assertThat(new Configuration(folder)
                        .file("retention.transitions = 365d", "retention.versions = 30d", "retention.runs = 1d12h")
                        .read()
                        .retention())
                .isEqualTo(new RetentionSettings(
                        Optional.of(Duration.ofDays(365)), Optional.of(Duration.ofDays(30)), Duration.ofHours(36)));
    }

    @Test
    void traces_go_where_a_collector_is_named_with_the_headers_that_it_wants() {
        assertThat(new Configuration(folder).file("http.port = 0").read().traces())
                .isEmpty();
        assertThat(new Configuration(folder)
                        .file(
                                "otel.endpoint = http://127.0.0.1:4318/",
                                "otel.headers = Authorization=Basic YTpi==, x-a=b c")
                        .read()
                        .traces())
                .contains(new TraceSettings(
                        URI.create("http://127.0.0.1:4318"),
                        Map.of("Authorization", new Secret("Basic YTpi=="), "x-a", new Secret("b c"))));
    }

    @Test
    void the_folder_of_the_embedded_database_is_relative_to_the_file_that_names_it() {
        assertThat(new Configuration(folder)
                        .file("database.folder = ../other/postgres")
                        .read()
                        .database()
                        .folder())
                .contains(folder.resolveSibling("other").resolve("postgres"));
        assertThat(new Configuration(folder)
                        .file("database.folder = /srv/ledger")
                        .read()
                        .database()
                        .folder())
                .contains(Path.of("/srv/ledger"));
        assertThat(new Configuration(folder)
                        .file("database.folder = a")
                        .environment("DATABASE_FOLDER", "b/c")
                        .read()
                        .database()
                        .folder())
                .contains(Path.of("b/c"));
    }

    @Test
    void channels_and_sources_stand_in_the_order_of_the_files() {
        Settings settings = new Configuration(folder)
                .prodAnd(
                        "alert.zulu.uri = log:zulu",
                        "alert.alpha.uri = https://example.com/hook?a=b",
                        "alert.alpha.format = text",
                        "alert.alpha.secret = whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .file(
                        "alert.zulu.first-sync = none",
                        "alert.zulu.retry-delay=500ms",
                        "alert.zulu.digest-above=0",
                        "alert.zulu.on = missing,unknown-status , missing")
                .read();

        assertThat(settings.channels())
                .containsExactly(
                        new ChannelSettings(
                                "zulu",
                                new Secret("log:zulu"),
                                Set.of(AlertKind.MISSING, AlertKind.UNKNOWN_STATUS),
                                ChannelSettings.Format.CLOUDEVENTS,
                                Optional.empty(),
                                ChannelSettings.FirstSync.NONE,
                                0,
                                100,
                                Duration.ofMillis(500)),
                        new ChannelSettings(
                                "alpha",
                                new Secret("https://example.com/hook?a=b"),
                                Set.of(AlertKind.FAILED),
                                ChannelSettings.Format.TEXT,
                                Optional.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                                ChannelSettings.FirstSync.DIGEST,
                                20,
                                100,
                                Duration.ofSeconds(1)));
    }

    @Test
    void pagerduty_has_a_routing_key_which_signs_nothing() {
        ChannelSettings pager = new Configuration(folder)
                .file(
                        "alert.pager.uri = https://events.pagerduty.com/v2/enqueue",
                        "alert.pager.format = pagerduty",
                        "alert.pager.secret = R0ut1ngKey")
                .read()
                .channels()
                .get(0);

        assertThat(pager.secret()).contains(new Secret("R0ut1ngKey"));
        assertThat(pager.signingSecret()).isEmpty();
        assertThat(pager.keepsIncidents()).isTrue();
    }

    @Test
    void a_later_file_wins() {
        Configuration files = new Configuration(folder)
                .prodAnd("source.prod.page-size = 100", "source.prod.rate-limit = 3")
                .file("source.prod.page-size = 200");

        assertThat(files.source().pageSize()).isEqualTo(200);
        assertThat(files.source().rateLimit()).isEqualTo(3);
    }

    @Test
    void keys_of_others_are_left_alone() {
        assertThat(new Configuration(folder)
                        .prodAnd("camel.main.name = x", "sourceful = y", "note = {{no.such.key}}")
                        .read()
                        .sources())
                .hasSize(1);
    }

    @Test
    void a_secret_may_stand_in_a_file_beside_the_one_that_names_it() throws Exception {
        Files.writeString(folder.resolve("password.txt"), "s3cr3t {{literally}} \n");

        DatabaseSettings database = new Configuration(folder)
                .file("database.url = jdbc:postgresql://db/x", "database.password-file = password.txt")
                .read()
                .database();

        assertThat(database.password()).contains(new Secret("s3cr3t {{literally}} "));
    }

    @Test
    void a_channels_uri_may_stand_in_a_file() throws Exception {
        Files.writeString(folder.resolve("hook"), "https://example.com/T0/B0\r\n");

        assertThat(new Configuration(folder)
                        .file("alert.ops.uri-file = {{env:DIR}}/hook")
                        .environment("DIR", folder.toString())
                        .read()
                        .channels()
                        .get(0)
                        .uri()
                        .reveal())
                .isEqualTo("https://example.com/T0/B0");
    }

    @Test
    void a_secrets_file_named_later_wins_over_a_secret_given_earlier() throws Exception {
        Files.writeString(folder.resolve("new"), "new");

        assertThat(new Configuration(folder)
                        .file("database.url = jdbc:postgresql://db/x", "database.password = old")
                        .file("database.password-file = new")
                        .read()
                        .database()
                        .password())
                .contains(new Secret("new"));
    }

    @Test
    void mails_are_written_for_people_where_nothing_else_is_said() {
        String mail = "smtps://mail.example.com?to=ops@example.com&from=dcs-sync@example.com";

        assertThat(GivenSettings.channel(mail).format()).isEqualTo(ChannelSettings.Format.TEXT);
        assertThat(GivenSettings.channel(mail, "alert.ops.format = cloudevents").format())
                .isEqualTo(ChannelSettings.Format.CLOUDEVENTS);
        assertThat(GivenSettings.channel("kafka:alerts?brokers=b:9092").format())
                .isEqualTo(ChannelSettings.Format.CLOUDEVENTS);
    }
}
