package io.dcssync.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the failures in the ledger with what a channel's receiver was told; all alerts must have been delivered. */
final class AlertAudit {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many of its tasks a digest tells of; all are counted. */
    private static final int DIGEST_TASKS = 100;

    private final TestDatabase ledger;
    private final String channel;
    private final Findings findings;
    private final Map<String, String> arrived = new LinkedHashMap<>();
    private final int deliveries;

    /** @param deliveries all that the receiver of this channel got, repeats too */
    AlertAudit(TestDatabase ledger, String channel, List<ReceivedRequest> deliveries, Findings findings) {
        this.ledger = ledger;
        this.channel = channel;
        this.findings = findings;
        this.deliveries = deliveries.size();
        for (ReceivedRequest delivery : deliveries) {
            String id = delivery.headers().get("webhook-id");
            String first = arrived.putIfAbsent(id, delivery.body());
            if (first != null && !first.equals(delivery.body())) {
                findings.wrong("%s: event %s arrived as %s and as %s", channel, id, first, delivery.body());
            }
        }
    }

    void audit() {
        ledger.rows(
                        "select t.* from report.task_transition t where t.to_class = 'failed'"
                                + " and (t.from_class is distinct from 'failed' or t.from_status = t.to_status)"
                                + " and 1 <> (select count(*) from report.alert a where a.kind = 'failed'"
                                + " and a.transition_id = t.transition_id and a.channel = ?)",
                        channel)
                .forEach(row -> findings.lost("%s: not one alert for %s", channel, row));
        ledger.rows("select transition_id from report.alert where kind = 'failed' group by transition_id"
                        + " having count(distinct event_id) > 1")
                .forEach(row -> findings.wrong("the event of %s has several ids", row));
        ledger.rows(
                        "select alert_id, state, held, claim from dcs.alert where channel = ?"
                                + " and (state not in ('delivered', 'suppressed') or held or claim is not null)",
                        channel)
                .forEach(row -> findings.wrong("%s: left over: %s", channel, row));
        allDeliveredArrived();
        thoseOfATaskInTheirOrder();
        digestsTellOfAll();
    }

    /** How many deliveries were repeats of one before. */
    int repeats() {
        return deliveries - arrived.size();
    }

    int deliveries() {
        return deliveries;
    }

    private void allDeliveredArrived() {
        Set<String> delivered = new TreeSet<>();
        ledger.rows("select event_id::text as id from report.alert where channel = ? and state = 'delivered'", channel)
                .forEach(row -> delivered.add((String) row.get("id")));
        delivered.stream().filter(id -> !arrived.containsKey(id)).forEach(id -> findings.lost("%s: %s", channel, id));
        arrived.keySet().stream()
                .filter(id -> !delivered.contains(id))
                .forEach(id -> findings.invented("%s: %s", channel, arrived.get(id)));
    }

    private void thoseOfATaskInTheirOrder() {
        Map<String, Long> numbers = new HashMap<>();
        ledger.rows(
                        "select event_id::text as id, alert_id from report.alert where channel = ? and kind = 'failed'",
                        channel)
                .forEach(row -> numbers.put((String) row.get("id"), (Long) row.get("alert_id")));
        Map<String, Long> last = new HashMap<>();
        arrived.forEach((id, body) -> {
            String task = event(body).path("subject").asText();
            Long number = numbers.get(id);
            if (number != null && last.merge(task, number, Math::max) > number) {
                findings.wrong("%s: %s arrived after a later alert of its task", channel, body);
            }
        });
    }

    private void digestsTellOfAll() {
        for (Map<String, Object> digest : ledger.rows(
                "select d.event_id::text as id, json_agg(f.task_id || ' ' || t.to_status || ' '"
                        + " || dcs.rfc3339(t.observed_at) order by f.alert_id)::text as tasks"
                        + " from dcs.alert d join dcs.alert f on f.digest_id = d.alert_id"
                        + " join dcs.transition t on t.transition_id = f.transition_id"
                        + " where d.channel = ? group by d.event_id",
                channel)) {
            JsonNode all = event((String) digest.get("tasks"));
            Set<String> first = new TreeSet<>();
            for (int i = 0; i < Math.min(all.size(), DIGEST_TASKS); i++) {
                first.add(all.get(i).asText());
            }
            JsonNode data =
                    event(arrived.getOrDefault((String) digest.get("id"), "{}")).path("data");
            Set<String> told = new TreeSet<>();
            data.path("tasks")
                    .forEach(task -> told.add(task.path("task_id").asText() + " "
                            + task.path("to_status").asText() + " "
                            + task.path("observed_at").asText()));
            if (!told.equals(first) || data.path("count").asInt() != all.size()) {
                findings.lost("%s: digest %s told of %s", channel, digest, told);
            }
        }
        ledger.rows("select * from dcs.alert where channel = ? and reason = 'digest' and digest_id is null", channel)
                .forEach(row -> findings.lost("%s: in no digest: %s", channel, row));
    }

    private static JsonNode event(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
