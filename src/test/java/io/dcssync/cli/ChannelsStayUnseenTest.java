package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ChannelsStayUnseenTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger camel = (Logger) LoggerFactory.getLogger("org.apache.camel");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level usual = camel.getLevel();

    @BeforeEach
    void listen_as_with_verbose() {
        camel.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void listen_no_more() {
        camel.setLevel(usual);
        root.detachAppender(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/hunter2?token=hunter2",
                "https://me:hunter2@example.com/",
                "https://example.com/?authMethod=Basic&authUsername=me&authPassword=hunter2",
                "https://example.com/%hunter2",
                "https://[hunter2",
                "https://example.com:hunter2/",
                "https://example.com:99999999999/hunter2",
                "https://example.com/?httpMethod=hunter2",
                "https://example.com/?okStatusCodeRange=hunter2",
                "https://example.com/?connectTimeout=hunter2",
                "https://example.com/?httpClientConfigurer=#hunter2",
                "https://example.com/?x=RAW(hunter2",
                "https:hunter2//example.com",
                "slack:#ops?token=hunter2",
                "slack:#ops?webhookUrl=https://example.com/hunter2",
                "slack:#ops?webhookUrl=hunter2:hunter2",
                "slack:#hunter2",
                "slack:#ops?token=x&hunter2=1",
                "slack:#ops?token=x&serverUrl=hunter2",
                "log:hunter2?level=hunter2",
                "log:x?hunter2=1",
                "file:/hunter2?hunter2=1",
                "file:/tmp?fileName=hunter2&fileExist=hunter2",
                "file:/hunter2?fileName=x&fileExist=Append&tempPrefix=hunter2",
                "file:/hunter2?fileExist=Move",
                "smtp://me:hunter2@mail.example.com?to=a@example.com&from=b@example.com",
                "smtps://mail.example.com?username=me&password=RAW(hunter2)&to=a@example.com&from=b@example.com",
                "smtp://mail.example.com?to=hunter2&from=b@example.com&mail.smtp.timeout=hunter2",
                "smtp://mail.example.com:hunter2?to=a@example.com&from=b@example.com",
                "smtp://mail.example.com?to=a@@hunter2&from=b@example.com",
                "smtp:hunter2?to=hunter2&from=hunter2",
                "smtp://mail.example.com?to=a@example.com&from=b@example.com&hunter2=1",
                "smtp://mail.example.com?password=hunter2",
                "kafka:hunter2?brokers=hunter2.invalid:9092&saslJaasConfig=RAW(x required password=\"hunter2\";)"
                        + "&securityProtocol=SASL_SSL&saslMechanism=PLAIN",
                "kafka:hunter2?brokers=hunter2:x",
                "kafka:x?brokers=localhost:1&lingerMs=hunter2",
                "nothing:hunter2",
                "file:/hunter2/${hunter2}",
                "file:/hunter2?fileName=${hunter2",
            })
    void whatever_is_wrong_with_a_channel_neither_the_log_nor_a_failure_shows_its_uri(String uri) {
        Settings settings;
        try {
            settings = GivenSettings.of("alert.ops.uri = " + uri);
        } catch (RuntimeException refused) {
            assertThat(Throwables.getStackTrace(refused)).doesNotContain("hunter2");
            return;
        }
        try (Job job = Job.withoutLedger(settings, "send-alert")) {
            assertThat(job).isNotNull();
        } catch (RuntimeException refused) {
            assertThat(Throwables.getStackTrace(refused)).doesNotContain("hunter2");
            assertThat(refused).isInstanceOf(CommandException.class).hasMessageContaining("alert.ops.uri");
        }
        assertThat(log.list)
                .extracting(event -> event.getFormattedMessage() + event.getThrowableProxy())
                .isNotEmpty()
                .noneMatch(line -> line.contains("hunter2"));
    }
}
