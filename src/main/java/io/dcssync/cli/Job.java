package io.dcssync.cli;

import io.dcssync.alert.BriefSockets;
import io.dcssync.alert.ChannelCheck;
import io.dcssync.alert.ChannelEndpoints;
import io.dcssync.alert.GatherSent;
import io.dcssync.alert.Round;
import io.dcssync.alert.RoundSteps;
import io.dcssync.alert.Rounds;
import io.dcssync.alert.TaskEvents;
import io.dcssync.alert.TestEvent;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.doctor.Check;
import io.dcssync.http.Assets;
import io.dcssync.http.GuardedPort;
import io.dcssync.http.Mirror;
import io.dcssync.http.Questions;
import io.dcssync.http.WebHeaders;
import io.dcssync.ledger.Freshness;
import io.dcssync.ledger.LedgerConnections;
import io.dcssync.ledger.LedgerFacts;
import io.dcssync.ledger.LedgerHealthCheck;
import io.dcssync.ledger.LedgerOutage;
import io.dcssync.ledger.Pruner;
import io.dcssync.ledger.SourceHealthCheck;
import io.dcssync.metrics.LedgerMeters;
import io.dcssync.metrics.MeteredHttp;
import io.dcssync.metrics.WorkMeters;
import io.dcssync.outbound.OutboundHttp;
import io.dcssync.source.Access;
import io.dcssync.source.Accesses;
import io.dcssync.source.AskAgain;
import io.dcssync.source.CheckEntry;
import io.dcssync.source.Pass;
import io.dcssync.source.PassLog;
import io.dcssync.source.PassSteps;
import io.dcssync.source.Passes;
import io.dcssync.source.Progress;
import io.dcssync.source.ReadAnswer;
import io.dcssync.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.postgresql.ds.PGSimpleDataSource;

/** The integration while it runs: Camel with the routes that a command needs, on an open ledger. Thread-safe. */
final class Job implements AutoCloseable {

    private static final int STOP_SECONDS = 20;

    private final Main main = new Main();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "request-deadlines"));
    private final ExecutorService walkers = Executors.newCachedThreadPool(work -> daemon(work, "walk"));
    private final ExecutorService senders = Executors.newCachedThreadPool(work -> daemon(work, "alerts"));
    private final OutboundHttp toChannels = new OutboundHttp(Round.SEND_TIMEOUT, timer);
    private final BriefSockets toMailServers = new BriefSockets(Round.SEND_TIMEOUT, timer);
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Settings settings;
    private final Rounds rounds;
    private final Accesses accesses;
    private final Passes passes;
    private final LedgerOutage outage = new LedgerOutage();
    private final Optional<Traces> traces;
    private ProducerTemplate template;
    private volatile Schedules schedules;

    private Job(Settings settings, DataSource ledger, DataSource readers, Map<String, String> camel, String... routes) {
        camel.forEach(main::addInitialProperty);
        this.settings = settings;
        rounds = new Rounds(settings.channels());
        accesses = new Accesses(settings.sources(), timer, Clock.systemUTC());
        passes = new Passes(settings.sources(), settings.sync().maxDuration(), accesses);

        traces = settings.traces().map(wanted -> new Traces(wanted, Node.name(), VersionFromBuild.version()));
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
        main.bind("meters", new WorkMeters(meters, settings.sources()));
        new LedgerMeters(() -> askForRows("measure-ledger", Map.of()), Duration.ofSeconds(15))
                .register(meters, settings);
        accesses.bySource()
                .forEach((source, access) ->
                        main.bind("dcs-" + source, new MeteredHttp(access, meters, "source-" + source)));
        main.bind("passes", passes);
        main.bind("pass", new PassSteps());
        main.bind("passLog", new PassLog());
        main.bind("readAnswer", new ReadAnswer());
        main.bind("checkEntry", new CheckEntry());
        main.bind("gatherEntries", new GroupedBodyAggregationStrategy());
        main.bind("walk", walkers);
        main.bind("askAgain", new AskAgain(settings.sync().retryDelay()));
        main.bind("rounds", rounds);
        main.bind("round", new RoundSteps());
        main.bind("senders", senders);
        main.bind("gatherSent", new GatherSent());
        main.bind("ledger", ledger);
        main.bind("readers", readers);
        main.bind("ledgerConnections", new LedgerConnections());
        main.bind("ledgerHealth", new LedgerHealthCheck(ledger, outage));
        main.bind("outage", outage);
        main.bind("pruner", new Pruner(settings.retention()));
        Freshness freshness = new Freshness(() -> askForRows("list-freshness", Map.of()), Duration.ofSeconds(5));
        settings.sources().stream()
                .filter(SourceSettings::enabled)
                .map(SourceSettings::name)
                .forEach(name -> main.bind("sourceHealth-" + name, new SourceHealthCheck(name, freshness)));
        main.bind("mirror", new Mirror());
        main.bind("assets", new Assets());
        main.bind("webHeaders", new WebHeaders());
        main.bind("questions", new Questions(new Timetable(settings.sources(), Clock.systemUTC())::json));
        main.bind("taskEvents", new TaskEvents(settings.channels()));
        main.bind(
                "ledgerFacts",
                new LedgerFacts(settings.sync(), settings.channels(), Node.name(), VersionFromBuild.version()));

        Duration beat = settings.sync().lease().dividedBy(3);
        main.addInitialProperty("keep-leases.period", String.valueOf(beat.toMillis()));
        main.addInitialProperty("prune-ledger.delay", "10000"); // what is due at the start comes first
        main.addInitialProperty("camel.component.direct.block", "false"); // a route that is not there fails at once
        for (String http : List.of("http", "https")) {
            main.addInitialProperty("camel.component." + http + ".connect-timeout", "10000");
        }
        main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // no hook of its own: the command says when to stop
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport starting) {
                starting.getCamelContext().addLifecycleStrategy(new GuardedPort(settings.http()));
                traces.ifPresent(starting.getCamelContext().getCamelContextExtension()::addInterceptStrategy);
                Stream.of(routes).forEach(route -> load(starting.getCamelContext(), route));
            }
        });
        main.configure().withShutdownTimeout(STOP_SECONDS);
        main.configure().setShutdownLogInflightExchangesOnTimeout(false);
    }

    /**
     * Starts Camel, with one pool of connections for all.
     *
     * @param camel further properties for Camel
     * @param routes names of the route files that are wanted
     */
    static Job start(Settings settings, DataSource ledger, Map<String, String> camel, String... routes) {
        return start(settings, ledger, ledger, camel, routes);
    }

    /**
     * Starts Camel.
     *
     * @param readers connections of their own for those who ask over HTTP
     * @param camel further properties for Camel
     * @param routes names of the route files that are wanted
     */
    static Job start(
            Settings settings, DataSource ledger, DataSource readers, Map<String, String> camel, String... routes) {
        Job job = new Job(settings, ledger, readers, camel, routes);
        try {
            StopOnSignal.check();
            job.main.start();
            job.template = job.main.getCamelContext().createProducerTemplate();
            settings.channels().forEach(job::open);
            return job;
        } catch (RuntimeException e) {
            job.close();
            throw e;
        }
    }

    /** Starts Camel for routes that ask no ledger. */
    static Job withoutLedger(Settings settings, String... routes) {
        DataSource none = new PGSimpleDataSource();
        return start(settings, none, Map.of(), routes);
    }

    /** Channels are bound by name, so that no log line or exception of Camel's can show their URIs, which are secrets. */
    private void open(ChannelSettings channel) {
        CamelContext camel = main.getCamelContext();
        try {
            MeteredHttp http = new MeteredHttp(toChannels, meters, "channel-" + channel.name());
            camel.getRegistry()
                    .bind("channel-" + channel.name(), ChannelEndpoints.open(camel, channel, http, toMailServers));
        } catch (ResolveEndpointFailedException | IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "alert.%s.uri is no endpoint that can be sent to; check its scheme and options"
                            .formatted(channel.name()));
        }
    }

    /** Loads one more route file, and binds the bean that its routes call. */
    void add(String route, String bean, Object instance) {
        main.getCamelContext().getRegistry().bind(bean, instance);
        add(route);
    }

    /** Loads one more route file. */
    void add(String route) {
        load(main.getCamelContext(), route);
    }

    /** Makes one pass over a source now, after waiting for one that is under way elsewhere. */
    Pass sync(String source, boolean acceptMissing) throws Exception {
        Exchange done = template.request("direct:sync-now", exchange -> {
            exchange.setVariable("source", source);
            exchange.setVariable("acceptMissing", acceptMissing);
        });
        rethrow(done);
        return done.getVariable("pass", Pass.class);
    }

    /** Tries once to send all alerts that are due on a channel. */
    void drain(ChannelSettings channel) throws Exception {
        Round round = rounds.begin(channel.name());
        try {
            rethrow(template.send("direct:drain-alerts", exchange -> exchange.setVariable("round", round)));
        } finally {
            rounds.end(round);
        }
    }

    /** Makes passes by the schedules of the sources from now on, and sends what is due on each channel. */
    void schedule() {
        schedules = new Schedules(main.getCamelContext(), outage);
        schedules.start(settings);
    }

    /** Runs a statement of the ledger that returns one row. */
    @SuppressWarnings("unchecked")
    Map<String, Object> ask(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters, Map.class);
    }

    /** Runs a statement of the ledger that returns one text. */
    String askForText(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters, String.class);
    }

    /** Runs a statement of the ledger that returns rows. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> askForRows(String statement, Map<String, Object> parameters) {
        return template.requestBody("direct:sql-" + statement, parameters, List.class);
    }

    /** Returns how the requests of a source go out. */
    Access access(SourceSettings source) {
        return accesses.bySource().get(source.name());
    }

    /** Returns a check of a channel, by an event that is sent to it where that is wanted. */
    Check check(ChannelSettings channel, boolean sendTest) {
        return sendTest ? new TestEvent(channel, template) : new ChannelCheck(channel, main.getCamelContext());
    }

    /** What is measured of it, for whoever has more to measure. */
    MeterRegistry meters() {
        return meters;
    }

    /** How far each pass is that is under way. */
    List<Progress> progress() {
        return passes.progress();
    }

    /** Ends passes and rounds at the next step and cuts short what they wait for; returns when all has come to its end. */
    void stop() {
        if (schedules != null) {
            schedules.stop();
        }
        passes.stopAll();
        rounds.stopAll();
        toChannels.cancelAll();
        main.stop();
        traces.ifPresent(Traces::close);
    }

    @Override
    public void close() {
        stop();
        accesses.close();
        walkers.shutdownNow();
        senders.shutdown();
        timer.shutdownNow();
    }

    private static void rethrow(Exchange done) throws Exception {
        Exception failure = done.getException();
        if (failure != null) {
            throw failure;
        }
    }

    private static void load(CamelContext camel, String route) {
        Path file = Installation.root().resolve("routes").resolve(route + ".camel.yaml");
        try {
            // read here, since a file: location with a space or a percent sign in its path is not found
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromBytes(file.getFileName().toString(), Files.readAllBytes(file)));
        } catch (Exception e) {
            throw new CommandException(ExitCode.USAGE, "%s cannot be loaded: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
