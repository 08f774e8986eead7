package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.alert.BriefSockets;
import io.dcssync.alert.Channel;
import io.dcssync.alert.ChannelEndpoints;
import io.dcssync.alert.GatherSent;
import io.dcssync.alert.Round;
import io.dcssync.alert.RoundSteps;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.LedgerOutage;
import io.dcssync.outbound.OutboundHttp;
import io.dcssync.source.Accesses;
import io.dcssync.source.AskAgain;
import io.dcssync.source.CheckEntry;
import io.dcssync.source.Pass;
import io.dcssync.source.PassLog;
import io.dcssync.source.PassSteps;
import io.dcssync.source.Passes;
import io.dcssync.source.ReadAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/**
 * Routes of the program as they are in their files, with a scripted ledger in the place of the statements: what a
 * statement is told is kept, and it answers as the test says.
 */
abstract class RouteTest extends CamelTestSupport {

    /** A call of a statement: its name and its parameters. */
    record Told(String statement, Map<String, Object> facts) {}

    private static final List<String> STATEMENTS = List.of(
            "open-run",
            "extend-leases",
            "store-page",
            "close-run",
            "settle-incidents",
            "claim-alerts",
            "count-claims",
            "release-claim",
            "record-deliveries",
            "record-failed-attempt",
            "may-prune",
            "prune-history",
            "prune-runs");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    final List<Told> told = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Map<String, Object>, Object>> answers = new ConcurrentHashMap<>();
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService walkers = Executors.newCachedThreadPool();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private Accesses accesses;
    Passes passes;

    final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** Names of the route files. */
    abstract List<String> files();

    abstract Settings settings();

    /** Says how a statement answers; null: no row. */
    final void ledger(String statement, Function<Map<String, Object>, Object> answer) {
        answers.put(statement, answer);
    }

    final List<String> statements() {
        return told.stream().map(Told::statement).toList();
    }

    final List<Map<String, Object>> toldTo(String statement) {
        return told.stream()
                .filter(call -> call.statement().equals(statement))
                .map(Told::facts)
                .toList();
    }

    /** Adds routes that stand for neighbours. */
    void neighbours(RouteBuilder routes) {}

    @Override
    protected void bindToRegistry(Registry registry) {
        accesses = new Accesses(settings().sources(), timer, Clock.systemUTC());
        passes = new Passes(settings().sources(), settings().sync().maxDuration(), accesses);
        accesses.bySource().forEach((source, access) -> registry.bind("dcs-" + source, access));
        registry.bind("passes", passes);
        registry.bind("pass", new PassSteps());
        registry.bind("passLog", new PassLog());
        registry.bind("readAnswer", new ReadAnswer());
        registry.bind("checkEntry", new CheckEntry());
        registry.bind("gatherEntries", new GroupedBodyAggregationStrategy());
        registry.bind("walk", walkers);
        registry.bind("askAgain", new AskAgain(settings().sync().retryDelay()));
        registry.bind("round", new RoundSteps());
        registry.bind("senders", senders);
        registry.bind("gatherSent", new GatherSent());
        registry.bind("outage", new LedgerOutage());
        registry.bind("meters", new Unmeasured());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() throws Exception {
        context.getPropertiesComponent().addOverrideProperty("keep-leases.period", "100");
        context.getPropertiesComponent().addOverrideProperty("prune-ledger.delay", "1h");
        context.getComponent("direct", DirectComponent.class).setBlock(false);
        for (ChannelSettings channel : settings().channels()) {
            OutboundHttp client = new OutboundHttp(Duration.ofSeconds(1), timer);
            BriefSockets sockets = new BriefSockets(Duration.ofSeconds(8), timer);
            context.getRegistry()
                    .bind("channel-" + channel.name(), ChannelEndpoints.open(context, channel, client, sockets));
        }
        List<RoutesBuilder> builders = new ArrayList<>();
        for (String file : files()) {
            Path path = Path.of("routes", file + ".camel.yaml");
            builders.addAll(PluginHelper.getRoutesLoader(context)
                    .findRoutesBuilders(ResourceHelper.fromString("file:" + path, Files.readString(path))));
        }
        builders.add(new RouteBuilder() {
            @Override
            public void configure() {
                if (files().contains("ledger")) {
                    return;
                }
                errorHandler(noErrorHandler());
                STATEMENTS.forEach(
                        statement -> from("direct:sql-" + statement).process(exchange -> answer(statement, exchange)));
                neighbours(this);
            }
        });
        return builders.toArray(RoutesBuilder[]::new);
    }

    @SuppressWarnings("unchecked")
    private void answer(String statement, Exchange exchange) {
        Map<String, Object> facts = exchange.getMessage().getBody(Map.class);
        assertThat(facts).as("parameters of " + statement).isNotNull();
        told.add(new Told(statement, new HashMap<>(facts)));
        exchange.getMessage()
                .setBody(answers.getOrDefault(statement, none -> null).apply(facts));
    }

    final Exchange send(String route, Map<String, Object> variables) {
        return template.request("direct:" + route, exchange -> variables.forEach(exchange::setVariable));
    }

    /** Says of each delivery that it was recorded, as the statement record-deliveries does. */
    static List<Map<String, Object>> recorded(Map<String, Object> facts) {
        return deliveries(facts).stream()
                .map(delivery -> Map.of("alert_id", delivery.get("alert"), "attempts", 1))
                .toList();
    }

    /** What the statement record-deliveries was told: alert, claim, error of each. */
    static List<Map<String, Object>> deliveries(Map<String, Object> facts) {
        try {
            return JSON.readValue((String) facts.get("deliveries"), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(facts.toString(), e);
        }
    }

    /** Sends one claimed alert to its channel, by the route send-alerts. */
    final void deliver(Map<String, Object> alert) {
        Round round = settings().channels().stream()
                .filter(channel -> channel.name().equals(alert.get("channel")))
                .map(channel -> new Round(new Channel(channel)))
                .findFirst()
                .orElseThrow();
        round.toClaim();
        Exchange done = template.request("direct:send-alerts", exchange -> {
            exchange.setVariable("round", round);
            exchange.getMessage().setBody(List.of(alert));
        });
        assertThat(done.getException()).isNull();
    }

    static Pass passOf(Exchange exchange) {
        return exchange.getVariable("pass", Pass.class);
    }

    /** All that was logged at WARN and above, exceptions included, as text. */
    final String warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(event -> event.getFormattedMessage() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    @BeforeEach
    void listen_to_the_log() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void end_the_timer_and_the_listening() {
        accesses.close();
        senders.shutdownNow();
        timer.shutdownNow();
        walkers.shutdownNow();
        root().detachAppender(log);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** Stands for the meters: rows of these tests hold only what is tested. */
    public static final class Unmeasured {

        public void passClosed(Object run) {}

        public void alertsDelivered(Object recorded) {}
    }
}
