package io.dcssync.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The simulator's Camel context and HTTP server, which have nothing in common with the product's own. */
final class SimulatorServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final VertxPlatformHttpServer server;

    private SimulatorServer(int port, FaultyServer faults, Clock clock) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(HOST);
        configuration.setBindPort(port);
        // or Vert.x would make a folder for them in the working directory
        configuration.getBodyHandler().setHandleFileUploads(false);
        server = new Server(configuration, faults, new FrontDoor(clock));
    }

    /**
     * Starts to listen; when this returns, requests are answered.
     *
     * @param faults what is wrong at present
     * @throws PortTaken when something else listens there, or it needs rights that are not there
     */
    static SimulatorServer start(SimulatorSettings settings, Supplier<Faults> faults, Map<String, Object> beans)
            throws PortTaken {
        refuseIfTaken(settings.port());
        SimulatorServer server = new SimulatorServer(
                settings.port(),
                new FaultyServer(faults, settings.seed()),
                settings.faults().clock());
        try {
            server.open(settings.routes(), beans);
            return server;
        } catch (Exception e) {
            server.close();
            if (causeOf(e) instanceof PortTaken taken) {
                throw taken;
            }
            throw new IllegalStateException("the simulator did not start: " + e.getMessage(), e);
        }
    }

    private static Throwable causeOf(Throwable e) {
        return e.getCause() == null ? e : causeOf(e.getCause());
    }

    private void open(Path routes, Map<String, Object> beans) throws Exception {
        context.getCamelContextExtension().setName("simulator");
        context.disableJMX();
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(1);
        beans.forEach(context.getRegistry()::bind);
        context.addService(server);
        // read here, since a file: location with a space or a percent sign in its path is not found
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromBytes(routes.getFileName().toString(), Files.readAllBytes(routes)));
        context.start();
    }

    /** Returns the port it listens on, the real one where any was asked for. */
    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.stop();
    }

    private static void refuseIfTaken(int port) throws PortTaken {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PortTaken(port);
        }
    }

    /**
     * Puts the door and the faults before the routes. And looks once more at the port just before it listens: Vert.x only logs one that
     * is taken, and Camel goes on without.
     */
    private static final class Server extends VertxPlatformHttpServer {

        private final FaultyServer faults;
        private final FrontDoor door;

        Server(VertxPlatformHttpServerConfiguration configuration, FaultyServer faults, FrontDoor door) {
            super(configuration);
            this.faults = faults;
            this.door = door;
        }

        @Override
        protected void initializeServer() {
            super.initializeServer();
            VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                    getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort()));
            router.route().handler(door::enter).handler(faults);
            // no failure handler is asked where the query cannot be decoded
            router.errorHandler(400, door::refuse);
        }

        @Override
        protected void startServer() throws Exception {
            refuseIfTaken(getConfigurationPort());
            super.startServer();
        }
    }
}
