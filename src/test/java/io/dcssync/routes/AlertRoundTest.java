package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.alert.Channel;
import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.outbound.HttpDouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Rounds over one channel, whose receiver is scripted, as are the alerts that are due in the ledger. */
@Timeout(30)
abstract class AlertRoundTest extends RouteTest {

    @AutoClose
    final HttpDouble receiver = HttpDouble.start();

    private final Settings settings =
            GivenSettings.of("alert.ops.uri = " + receiver.url() + "/hunter2/hook?httpMethod=POST&token=hunter2");
    final Channel ops = new Channel(settings.channels().get(0));
    final Round round = new Round(ops);
    /** What is claimed next, the oldest first. */
    final List<Map<String, Object>> due = new ArrayList<>();

    @Override
    List<String> files() {
        return List.of("drain-alerts", "publish-alerts", "send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void a_ledger_with_alerts() {
        ledger("claim-alerts", facts -> {
            List<Map<String, Object>> oldest = due.subList(0, Math.min(due.size(), (int) facts.get("batch")));
            List<Map<String, Object>> claimed = List.copyOf(oldest);
            oldest.clear();
            return claimed;
        });
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> row("attempts", 1, "again_at", "12:00:01Z"));
        ledger("release-claim", facts -> facts.get("alert")); // a row of one column is its value
        ledger("count-claims", facts -> 0L);
    }

    final Exchange publish() {
        return send("publish-alerts", Map.of("round", round));
    }

    final void drain() {
        assertThat(send("drain-alerts", Map.of("round", round)).getException()).isNull();
    }

    static Map<String, Object> alert(long id) {
        return alert(id, "{}");
    }

    static Map<String, Object> alert(long id, String data) {
        return row(
                "alert_id",
                id,
                "claim",
                "c-" + id,
                "event_id",
                "e-" + id,
                "channel",
                "ops",
                "kind",
                "failed",
                "source",
                "prod",
                "project_id",
                "p1",
                "task_id",
                "t" + id,
                "claimed_at",
                "T0",
                "time",
                "2026-11-24T12:00:00Z",
                "data",
                data);
    }

    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
