package io.dcssync.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.ChannelSettings.FirstSync;
import io.dcssync.config.Secret;
import io.dcssync.config.SyncSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * The ledger's statements on a fresh database, run through their own routes and spoken of as passes over a list. They have
 * the rights of the role for writers, and so need no more.
 */
final class TestLedger implements AutoCloseable {

    private static final SyncSettings SYNC = new SyncSettings(
            4, Duration.ofMinutes(30), Duration.ofSeconds(30), 2, 0.5, Duration.ofHours(24), 3, Duration.ofSeconds(1));

    /** What the last pass over a source saw, where it was whole. */
    private final Map<String, Set<String>> lastSeen = new HashMap<>();

    private final TestDatabase database;
    private boolean remembers;
    private final HikariDataSource pool = new HikariDataSource();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    TestLedger(ChannelSettings... channels) {
        this(TestDatabase.fresh(), channels);
    }

    /** The same on a database that is there already, and becomes the ledger's. */
    TestLedger(TestDatabase database, ChannelSettings... channels) {
        this.database = database;
        pool.setDataSource(database.dataSource());
        pool.setMinimumIdle(0);
        pool.setConnectionInitSql("set role dcs_writer");
        camel.getRegistry().bind("ledger", pool);
        camel.getRegistry().bind("ledgerConnections", new LedgerConnections());
        camel.getRegistry().bind("ledgerFacts", new LedgerFacts(SYNC, List.of(channels), "node-1", "0.1"));
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/ledger.camel.yaml"));
        } catch (Exception e) {
            throw new AssertionError("the routes of the ledger do not load", e);
        }
        camel.start();
        template = camel.createProducerTemplate();
    }

    /** Returns a channel that sends each alert on its own, the first pass included. */
    static ChannelSettings channel(String name) {
        return channel(name, FirstSync.EACH, 0);
    }

    static ChannelSettings channel(String name, FirstSync firstSync, int digestAbove) {
        return channel(name, Set.of(AlertKind.FAILED), firstSync, digestAbove);
    }

    /** Returns a channel that sends each alert of these kinds on its own, the first pass included. */
    static ChannelSettings channelOn(String name, AlertKind... kinds) {
        return channel(name, Set.of(kinds), FirstSync.EACH, 0);
    }

    static ChannelSettings channel(String name, Set<AlertKind> on, FirstSync firstSync, int digestAbove) {
        return new ChannelSettings(
                name,
                new Secret("log:" + name),
                on,
                ChannelSettings.Format.CLOUDEVENTS,
                Optional.empty(),
                firstSync,
                digestAbove,
                3,
                Duration.ofSeconds(1));
    }

    TestDatabase database() {
        return database;
    }

    /** Runs a statement that answers with one row; null: with none. */
    @SuppressWarnings("unchecked")
    Map<String, Object> ask(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters, Map.class);
    }

    /** Runs a statement that answers with one value. */
    Object askForOne(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters);
    }

    /** Runs a statement that answers with rows. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> askForAll(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters, List.class);
    }

    /** Has each pass say what it no longer sees since the one before, as those of one process do, where that one was whole. */
    TestLedger remembering(boolean remembers) {
        this.remembers = remembers;
        return this;
    }

    // ---- passes --------------------------------------------------------------------------------------------------

    /** Asks for a pass; the answer says whether it was opened, and who has the source if not. */
    Map<String, Object> asksFor(String source, String project) {
        return ask("open-run", Map.of("source", source, "project", project, "trigger", "sync"));
    }

    TestPass opens(String source) {
        Map<String, Object> opened = asksFor(source, "project-1");
        if (opened.get("run_id") == null) {
            throw new AssertionError("no pass was opened: " + opened);
        }
        return new TestPass(this, source, opened);
    }

    /** Makes one whole pass over the source "prod"; returns its run. */
    Map<String, Object> sees(ListedTask... tasks) {
        TestPass pass = opens("prod");
        pass.lists(tasks);
        return pass.ends();
    }

    /** What the pass before has seen, as far as it is remembered; a filter makes another list of it. */
    Optional<Set<String>> lastSeen(String source, Object filter) {
        return Optional.ofNullable(lastSeen.get(source + filter)).filter(seen -> remembers);
    }

    void remember(String source, Object filter, Set<String> seen, Map<String, Object> run) {
        lastSeen.keySet().removeIf(key -> key.startsWith(source));
        if (run != null && Set.of("complete", "repaired").contains(run.get("outcome"))) {
            lastSeen.put(source + filter, seen);
        }
    }

    /** Gives a sign of life for passes; returns those that still hold their source. */
    List<Object> extendsLeasesOf(long... runs) {
        return askForAll("extend-leases", Map.of("runs", Arrays.toString(runs))).stream()
                .map(row -> row.get("run_id"))
                .toList();
    }

    // ---- what it knows -------------------------------------------------------------------------------------------

    Map<String, Object> task(String id) {
        return database.rows("select * from report.task where task_id = ?", id).get(0);
    }

    List<Map<String, Object>> transitions(String task) {
        return database.rows("select * from report.task_transition where task_id = ? order by seq", task);
    }

    List<Map<String, Object>> versions(String task) {
        return database.rows("select * from report.task_version where task_id = ? order by valid_from", task);
    }

    List<Map<String, Object>> alerts() {
        return database.rows("select * from report.alert order by alert_id");
    }

    /** What a channel is told of, or is not, in its order: kinds, with the task where there is one. */
    List<String> toldTo(String channel) {
        return alerts().stream()
                .filter(alert -> alert.get("channel").equals(channel))
                .map(alert -> alert.get("kind") + (alert.get("task_id") == null ? "" : " " + alert.get("task_id")))
                .toList();
    }

    Map<String, Object> run(long run) {
        return database.rows("select * from report.sync_run where run_id = ?", run)
                .get(0);
    }

    // ---- delivery ------------------------------------------------------------------------------------------------

    List<Map<String, Object>> claims(String channel) {
        return claims(channel, 100);
    }

    List<Map<String, Object>> claims(String channel, int batch) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("channel", channel);
        facts.put("batch", batch);
        facts.put("claimSeconds", 30);
        facts.put("digestTasks", 100);
        facts.put("dueBy", null);
        return askForAll("claim-alerts", facts);
    }

    /** What the event of a claimed alert says. */
    static Map<String, Object> data(Map<String, Object> claimed) {
        return read((String) claimed.get("data"), new TypeReference<>() {});
    }

    /** What the event of a claimed digest says of each task. */
    static List<Map<String, Object>> tasks(Map<String, Object> digest) {
        return read((String) digest.get("tasks"), new TypeReference<>() {});
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return new ObjectMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    /** Records that a claimed alert was delivered; null: the claim was no longer ours. */
    Map<String, Object> delivers(Map<String, Object> claimed) {
        return delivers(claimed, false);
    }

    /** The same, to a receiver that opens an incident for it, or does not. */
    Map<String, Object> delivers(Map<String, Object> claimed, boolean opensIncident) {
        List<Map<String, Object>> recorded = delivers(List.of(claimed), opensIncident);
        return recorded.isEmpty() ? null : recorded.get(0);
    }

    /** Records that claimed alerts were delivered, at once; those whose claim is no longer ours are not among the rows. */
    List<Map<String, Object>> delivers(List<Map<String, Object>> claimed, boolean opensIncident) {
        ArrayNode deliveries = JsonNodeFactory.instance.arrayNode();
        for (Map<String, Object> alert : claimed) {
            deliveries.addObject().put("alert", (Long) alert.get("alert_id")).put("claim", (String) alert.get("claim"));
        }
        return askForAll(
                "record-deliveries", Map.of("deliveries", deliveries.toString(), "keepsIncidents", opensIncident));
    }

    /** Queues what resolves the incidents that are over; returns how many those are. */
    int settles(String channel) {
        return settles(channel, true);
    }

    /** The same, on a channel that keeps incidents, or does not. */
    int settles(String channel, boolean keepsIncidents) {
        return askForAll("settle-incidents", Map.of("channel", channel, "keepsIncidents", keepsIncidents))
                .size();
    }

    /** Gives up what is pending or dead on a channel; returns how much that is. */
    Map<String, Object> drops(String channel, boolean keepsIncidents) {
        return ask("drop-alerts", Map.of("channel", channel, "keepsIncidents", keepsIncidents));
    }

    /** Records that a claimed alert could not be sent; null: the claim was no longer ours. */
    Map<String, Object> failsToSend(Map<String, Object> claimed, String error) {
        return failsToSend(claimed, error, 3, null);
    }

    /** Records that the receiver refused a claimed alert for good; null: the claim was no longer ours. */
    Map<String, Object> isRefused(Map<String, Object> claimed, String error) {
        return records(claimed, error, true, 3, null);
    }

    /** The same, by a receiver that asks to be left alone for so long (null: it does not), with this policy. */
    Map<String, Object> failsToSend(
            Map<String, Object> claimed, String error, int maxAttempts, Double retryAfterSeconds) {
        return records(claimed, error, false, maxAttempts, retryAfterSeconds);
    }

    private Map<String, Object> records(
            Map<String, Object> claimed, String error, boolean refused, int maxAttempts, Double retryAfterSeconds) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("alert", claimed.get("alert_id"));
        facts.put("claim", claimed.get("claim"));
        facts.put("error", error);
        facts.put("refusedForGood", refused);
        facts.put("maxAttempts", maxAttempts);
        facts.put("retryDelaySeconds", 1.0);
        facts.put("retryAfterSeconds", retryAfterSeconds);
        return ask("record-failed-attempt", facts);
    }

    @Override
    public void close() {
        camel.stop();
        pool.close();
        database.close();
    }
}
