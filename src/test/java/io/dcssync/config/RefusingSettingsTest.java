package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusingSettingsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "source.prod.page-size | 0 | must be a whole number from 1 to 1000",
                "source.prod.page-size | 1001 | must be a whole number from 1 to 1000",
                "source.prod.page-size | 1e2 | must be a whole number from 1 to 1000",
                "source.prod.page-size | many | must be a whole number from 1 to 1000",
                "source.prod.page-size | 99999999999 | must be a whole number from 1 to 1000",
                "source.prod.page-size | '' | must be a whole number from 1 to 1000",
                "source.prod.page-overlap | -1 | must be a whole number from 0 to 999",
                "source.prod.page-overlap | 1000 | must be a whole number from 0 to 999",
                "source.prod.request-timeout | 30 | must be a duration such as 500ms, 30s, 1m30s, 24h or 7d, from 1ms to 3650d",
                "source.prod.request-timeout | 0s | must be a duration such as 500ms, 30s, 1m30s, 24h or 7d, from 1ms to 3650d",
                "source.prod.request-timeout | 5s1m | must be a duration such as 500ms, 30s, 1m30s, 24h or 7d, from 1ms to 3650d",
                "source.prod.max-attempts | 0 | must be a whole number, 1 or more",
                "source.prod.rate-limit | 0.5 | must be a whole number, 1 or more",
                "source.prod.enabled | yes | must be true or false",
                "source.prod.time-zone | Europe/Berlim | must be the name of a time zone, such as UTC or Europe/Berlin; did you mean Europe/Berlin?",
                "source.prod.time-zone | Europe/Zuerich | must be the name of a time zone, such as UTC or Europe/Berlin; did you mean Europe/Zurich?",
                "source.prod.time-zone | new york | must be the name of a time zone, such as UTC or Europe/Berlin; did you mean America/New_York?",
                "source.prod.time-zone | utc | must be the name of a time zone, such as UTC or Europe/Berlin; did you mean UTC?",
                "source.prod.time-zone | Mars/Olympus | must be the name of a time zone, such as UTC or Europe/Berlin",
                "source.prod.schedule | 0 0/5 * * * * | must be a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, with ? for either day or weekday)",
                "source.prod.schedule | 0 0 0 30 2 ? | must be a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, with ? for either day or weekday)",
                "source.prod.schedule | '' | must be a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, with ? for either day or weekday)",
                "source.prod.schedule | 0 0/5 * * * | must be a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, with ? for either day or weekday)",
                "source.prod.schedule | every minute | must be a Quartz cron that will fire, such as 0 0/5 * * * ? (second minute hour day month weekday, with ? for either day or weekday)",
                "source.prod.project-id | a/b | must be letters, digits, '-', '.', '_' and '~' only",
                "source.prod.project-id | a b | must be letters, digits, '-', '.', '_' and '~' only",
                "source.prod.project-id | .. | must be letters, digits, '-', '.', '_' and '~' only",
                "source.prod.auth | basic | must be one of aksk, token, ecs-agency, none",
                "database.pool-size | 0 | must be a whole number from 1 to 1000",
                "database.migrate | FALSE | must be true or false",
                "database.url | jdbc:mysql://db/x | must be text that starts with jdbc:postgresql:",
                "sync.max-missing-share | 1.1 | must be a number from 0 to 1, such as 0.5",
                "sync.max-missing-share | NaN | must be a number from 0 to 1, such as 0.5",
                "sync.lease | 2999ms | must be a duration such as 500ms, 30s, 1m30s, 24h or 7d, from 3s to 3650d",
                "sync.retry-delay | 31s | must be a duration such as 500ms, 30s, 5m or 1m30s, from 1ms to 30s",
                "sync.stuck-after | never | must be a duration such as 500ms, 30s, 1m30s, 24h or 7d, from 1ms to 3650d",
                "schedule.store | disk | must be one of memory, jdbc",
                "source.prod.proxy | https://proxy:3128 | must be a URL http://host:port",
                "source.prod.proxy | http://proxy | must be a URL http://host:port",
                "http.port | 65536 | must be a whole number from 0 to 65535",
                "http.mirror.auth | basic | must be one of none, token, aksk",
            })
    void a_value_that_is_not_allowed_is_told_with_what_is(String key, String value, String reason) {
        assertThat(new Configuration(folder).prodAnd(key + " = " + value).problems())
                .containsExactly(key + " = " + value + " (1.properties:4): " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dcs.example.com",
                "ftp://dcs.example.com",
                "https://",
                "https:///v2",
                "https://me@dcs.example.com/v2",
                "https://dcs.example.com/v2?x=1",
                "https://dcs.example.com/v2/#x",
                "https://dcs.example.com/a//b",
                "https://dcs.example.com//",
                "https://dcs.example.com/../b",
                "https://dcs.example.com/a%20b",
                "https://dcs.example.com/$a",
                "https://dcs.example.com?x=1",
                "https://dcs.example.com#x",
                "https://dcs.example.com:0",
                "https://dcs.example.com:65536",
                "https://under_score.example.com:port",
                "https://dcs example.com",
            })
    void an_endpoint_is_the_base_of_a_url(String endpoint) {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.endpoint = " + endpoint)
                        .problems())
                .containsExactly("source.prod.endpoint = " + endpoint.replace("me@", "******@") + " (1.properties:4): "
                        + "must be a URL http(s)://host[:port][/path] without user, query or fragment");
    }

    @Test
    void traces_go_to_the_base_of_a_url_and_headers_with_them() {
        assertThat(new Configuration(folder)
                        .prodAnd("otel.endpoint = collector:4318", "otel.headers = Authorization")
                        .problems())
                .containsExactlyInAnyOrder(
                        "otel.endpoint = collector:4318 (1.properties:4): must be a URL http(s)://host[:port][/path] "
                                + "without user, query or fragment",
                        "otel.headers = ****** (1.properties:5): must be a comma list of name=value, each the name of a "
                                + "header and its value");
        assertThat(new Configuration(folder).prodAnd("otel.headers = A=b").problems())
                .containsExactly(
                        "otel.headers = ****** (1.properties:4): needs otel.endpoint, which is not set: nothing "
                                + "is traced");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed, digest", "failed,", "FAILED", ""})
    void a_channel_is_told_of_kinds_that_there_are(String kinds) {
        assertThat(new Configuration(folder)
                        .prodAnd("alert.ops.uri = log:x", "alert.ops.on = " + kinds)
                        .problems())
                .containsExactly("alert.ops.on = " + kinds + " (1.properties:5): must be a comma list of failed, "
                        + "recovered, missing, stuck, unknown-status, sync-failing");
    }

    @Test
    void what_is_required_is_missed() {
        assertThat(new Configuration(folder)
                        .file("source.prod.auth = none", "alert.ops.max-attempts = 3")
                        .problems())
                .containsExactlyInAnyOrder(
                        "source.prod.endpoint (not set): is required: a URL http(s)://host[:port][/path] without "
                                + "user, query or fragment",
                        "source.prod.project-id (not set): is required: letters, digits, '-', '.', '_' and '~' only",
                        "alert.ops.uri (not set): is required: an endpoint URI that starts with https:, http:, "
                                + "slack:, smtp:, smtps:, kafka:, file:, log: or the name of a component in lib/ext");
    }

    @Test
    void a_source_that_is_not_enabled_is_checked_too() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.enabled = false", "source.prod.page-size = 0")
                        .problems())
                .hasSize(1);
    }

    @Test
    void the_overlap_is_less_than_the_page() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size = 20", "source.prod.page-overlap = 20")
                        .problems())
                .containsExactly("source.prod.page-overlap = 20 (1.properties:5): "
                        + "must be less than source.prod.page-size, which is 20");
    }

    @Test
    void a_database_login_needs_a_database() {
        assertThat(new Configuration(folder).file("database.user = me").problems())
                .containsExactly("database.user = me (1.properties:1): needs database.url, which is not set; "
                        + "the embedded database has its own login");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "source.prod.page-sise, source.prod.page-size",
        "source.prod.pageSize, source.prod.page-size",
        "source.page-size, source.prod.page-size",
        "source.prod.endpoint-file, source.prod.endpoint",
        "database.ulr, database.url",
        "http.prot, http.port",
        "schedule.stor, schedule.store",
        "sync.stuckafter, sync.stuck-after",
        "retention.run, retention.runs",
    })
    void an_unknown_key_is_an_error_that_names_the_nearest(String key, String nearest) {
        assertThat(new Configuration(folder)
                        .prodAnd("alert.ops.uri = log:x", key + " = 1")
                        .problems())
                .containsExactly(key + " = 1 (1.properties:5): there is no such key; did you mean " + nearest + "?");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "database.passwd-file",
                "database.pasword",
                "alert.ops.url",
                "alert.ops.webhook",
                "alert.ops.Uri",
                "alert.ops.secrets",
                "alert.uri",
                "http.mirror.tokens",
                "http.mirror.apikey",
                "source.secret-key",
                "source.prod.SECRET",
                "source.prod.sk",
                "source.prod.ak",
                "source.prod.iam-pwd",
                "source.prod.credentials",
            })
    void an_unknown_key_that_looks_like_a_secret_does_not_show_its_value(String key) {
        assertThat(new Configuration(folder).prodAnd(key + " = hunter2").problems())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith(key + " = ****** (1.properties:4): there is no such key"))
                .noneSatisfy(problem -> assertThat(problem).contains("hunter2"));
    }

    @Test
    void an_unknown_key_does_not_show_what_may_be_a_channel_or_hold_a_password() {
        assertThat(new Configuration(folder)
                        .prodAnd(
                                "alert.ops.uri = log:x",
                                "alert.ops.format-to = https://hooks.example.com/T0",
                                "database.ulr = jdbc:postgresql://me:hunter2@db/x?password=hunter2&ssl=true")
                        .problems())
                .containsExactly(
                        "alert.ops.format-to = ****** (1.properties:5): there is no such key; "
                                + "did you mean alert.ops.format?",
                        "database.ulr = jdbc:postgresql://******@db/x?password=******&ssl=true (1.properties:6): "
                                + "there is no such key; did you mean database.url?");
    }

    @Test
    void a_key_that_lacks_the_name_is_told_where_it_goes() {
        assertThat(new Configuration(folder).file("source.page-size = 1").problems())
                .containsExactly("source.page-size = 1 (1.properties:1): there is no such key; "
                        + "did you mean source.<name>.page-size?");
    }

    @Test
    void names_are_of_lower_case_letters_digits_and_dashes() {
        assertThat(new Configuration(folder)
                        .file("source.Prod.endpoint = x", "source.Prod.auth = none", "alert.my_ops.uri = log:x")
                        .problems())
                .containsExactly(
                        "source.Prod.endpoint (1.properties:1): the name 'Prod' must be of lower-case letters, "
                                + "digits and '-'",
                        "alert.my_ops.uri (1.properties:3): the name 'my_ops' must be of lower-case letters, "
                                + "digits and '-'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "foo:bar | no component foo: put camel-foo 4.18.0 and its dependencies into lib/ext",
                "direct:bar | no component direct: put camel-direct 4.18.0 and its dependencies into lib/ext",
                "x4567890123456789012345678901234:bar | there is no such component",
                "smtp://mail?to=a@b.c | a mail needs who it goes to and who it comes from: smtp://host?to=ops@example.com&from=dcs-sync@example.com",
                "smtps://mail?from=a@b.c&to= | a mail needs who it goes to and who it comes from: smtp://host?to=ops@example.com&from=dcs-sync@example.com",
                "kafka:alerts | Kafka needs its brokers: kafka:topic?brokers=host:9092",
            })
    void a_channel_that_nothing_could_be_sent_by_is_refused_with_what_it_needs(String uri, String reason) {
        assertThat(new Configuration(folder).prodAnd("alert.ops.uri = " + uri).problems())
                .containsExactly("alert.ops.uri = ****** (1.properties:4): " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/hunter2",
                "https://me:hunter2@169.254.0.1:8443",
                "http://2852039166",
                "http://169.16689662?token=hunter2",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth7]:80/",
                "https://[::ffff:169.254.169.254]/",
                "http://metadata.google.internal/computeMetadata",
                "smtp://169.254.169.254?to=a@b.c&from=a@b.c",
                "smtp:169.254.169.254?to=a@b.c&from=a@b.c",
                "kafka:events?brokers=kafka.example.com:9092,169.254.169.254:9092",
                "slack:#ops?webhookUrl=http://169.254.169.254/hunter2",
            })
    void a_channel_that_leads_to_where_clouds_keep_credentials_is_refused(String uri) {
        assertThat(new Configuration(folder).prodAnd("alert.ops.uri = " + uri).problems())
                .containsExactly("alert.ops.uri = ****** (1.properties:4): leads to a link-local address, where clouds"
                        + " hand out credentials: nothing is sent to one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.example.com",
                "10.0.0.1",
                "[fd00::1]",
                "127.0.0.1:9",
                "169.253.0.1",
                "1.2.3.4.5.example.com"
            })
    void other_receivers_are_taken(String host) {
        assertThat(new Configuration(folder)
                        .prodAnd("alert.ops.uri = http://" + host + "/x?y=http://169.254.169.254/")
                        .read()
                        .channels())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "whsec_",
                "whsec_hunter2",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa8=", // 23 bytes
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa8=",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw-_-_",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                // 65 bytes
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            })
    void a_secret_that_is_no_key_is_refused_with_how_to_make_one(String secret) {
        assertThat(new Configuration(folder)
                        .file("alert.ops.uri = https://example.com", "alert.ops.secret = " + secret)
                        .problems())
                .containsExactly("alert.ops.secret = ****** (1.properties:2): must be base64 of 24 to 64 random bytes, "
                        + "with or without whsec_ before it; openssl rand -base64 32 makes one");
    }

    @Test
    void a_pagerduty_channel_without_a_routing_key_or_an_http_address_is_refused() {
        assertThat(new Configuration(folder)
                        .file(
                                "alert.a.uri = https://events.pagerduty.com/v2/enqueue",
                                "alert.a.format = pagerduty",
                                "alert.b.uri = log:x",
                                "alert.b.format = pagerduty",
                                "alert.b.secret = R0ut1ngKey")
                        .problems())
                .containsExactly(
                        "alert.a.secret (not set): is required for alert.a.format = pagerduty: the routing key of the "
                                + "integration (Events API v2)",
                        "alert.b.format = pagerduty (1.properties:4): goes to an https: or http: address only: set "
                                + "alert.b.uri = https://events.pagerduty.com/v2/enqueue");
    }

    @Test
    void a_pagerduty_channel_that_is_told_of_recoveries_only_is_refused() {
        assertThat(new Configuration(folder)
                        .file(
                                "alert.a.uri = https://events.pagerduty.com/v2/enqueue",
                                "alert.a.format = pagerduty",
                                "alert.a.secret = R0ut1ngKey",
                                "alert.a.on = recovered",
                                "alert.b.uri = log:x",
                                "alert.b.on = recovered")
                        .problems())
                .containsExactly("alert.a.on = recovered (1.properties:4): would send nothing: a recovery resolves the "
                        + "incident of the failure, and nothing here opens one; add failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log:x", "file:out"})
    void a_secret_where_nothing_can_be_signed_is_refused(String uri) {
        assertThat(new Configuration(folder)
                        .file("alert.ops.uri = " + uri, "alert.ops.secret = MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .problems())
                .containsExactly("alert.ops.secret = ****** (1.properties:2): signs HTTP deliveries, and alert.ops.uri "
                        + "is no https: or http: address: leave the key out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:out?fileName=a.json", "file:out?autoCreate=true&fileName=a.json&fileExist=Ignore"})
    void a_file_in_which_each_alert_would_replace_the_one_before_is_refused(String uri) {
        assertThat(new Configuration(folder).file("alert.ops.uri = " + uri).problems())
                .containsExactly(
                        "alert.ops.uri = ****** (1.properties:1): each alert would take the place of the one before: "
                                + "add &fileExist=Append, or leave fileName out so that each gets a file of its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:out",
                "file:out?fileName=a.json&fileExist=Append",
                "file:out?fileName=${date:now:yyyy}-${id}"
            })
    void a_file_for_each_alert_or_a_line_for_each_is_taken(String uri) {
        assertThat(new Configuration(folder)
                        .prodAnd("alert.ops.uri = " + uri)
                        .read()
                        .channels())
                .hasSize(1);
    }

    @Test
    void keys_that_are_missing_are_told_with_all_the_ways_to_give_them() {
        assertThat(new Configuration(folder)
                        .file("source.a.endpoint = http://localhost", "source.a.project-id = p")
                        .problems())
                .containsExactly(
                        "source.a.access-key (not set): is required for source.a.auth = aksk: set source.a.access-key, "
                                + "source.a.access-key-file, the environment variable SOURCE_A_ACCESS_KEY or "
                                + "HUAWEICLOUD_SDK_AK",
                        "source.a.secret-key (not set): is required for source.a.auth = aksk: set source.a.secret-key, "
                                + "source.a.secret-key-file, the environment variable SOURCE_A_SECRET_KEY or "
                                + "HUAWEICLOUD_SDK_SK");
    }

    @Test
    void a_login_that_is_not_whole_is_told_what_it_lacks() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.auth = token", "source.prod.iam-user = me")
                        .problems())
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith(
                        "source.prod.iam-endpoint (not set): is required for" + " source.prod.auth = token"))
                .anyMatch(problem -> problem.startsWith("source.prod.iam-domain (not set)"))
                .anyMatch(problem -> problem.contains("source.prod.iam-password-file"));
    }

    @Test
    void an_authority_is_a_file_with_certificates_beside_the_file_that_names_it() throws Exception {
        Files.writeString(folder.resolve("no.pem"), "hello");
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.ca-path = none.pem")
                        .problems())
                .containsExactly("source.prod.ca-path = none.pem (1.properties:4): there is no such file");
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.ca-path = no.pem")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("source.prod.ca-path = no.pem (1.properties:4): the file ");
    }

    @Test
    void a_file_of_a_secret_that_is_not_there_is_told_with_where_it_was_looked_for() {
        assertThat(new Configuration(folder)
                        .file("database.password-file = /nowhere/db", "http.password-file = db")
                        .environment("HTTP_MIRROR_TOKEN_FILE", "token")
                        .problems())
                .contains(
                        "database.password-file = /nowhere/db (1.properties:1): there is no such file",
                        "http.password-file = db (1.properties:2): there is no such file",
                        "http.mirror.token-file = token (environment variable HTTP_MIRROR_TOKEN_FILE): "
                                + "there is no such file; it was looked for at "
                                + Path.of("token").toAbsolutePath());
    }

    @Test
    void a_folder_in_the_place_of_a_file_is_told() {
        assertThat(new Configuration(folder)
                        .file("http.password-file = /", "http.user = me")
                        .problems())
                .containsExactly("http.password-file = / (1.properties:1): it is a folder, not a file");
    }

    @Test
    void all_problems_are_told_together_one_a_line() {
        ConfigurationException refusal = new Configuration(folder)
                .file("sync.lease = 1s", "sync.parallelism = 0", "sync.nothing = 1")
                .refusal();

        assertThat(refusal.problems()).hasSize(3);
        assertThat(refusal.getMessage().lines()).hasSize(3);
    }

    @Test
    void a_value_cannot_forge_a_line() {
        assertThat(new Configuration(folder)
                        .file("sync.lease = 1s\\n\\u001b[2Jok")
                        .refusal()
                        .getMessage()
                        .lines())
                .singleElement()
                .asString()
                .contains("= 1s [2Jok (");
    }
}
