package io.dcssync.routes;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.LoggerFactory;

/** A Kafka of one node in this process, that makes topics as they are asked for. */
final class TestBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String address;

    private TestBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    static TestBroker in(Path folder) throws Exception {
        List.of("kafka", "state.change.logger")
                .forEach(chatty -> ((Logger) LoggerFactory.getLogger(chatty)).setLevel(Level.OFF));
        String broker = "127.0.0.1:" + freePort();
        String controller = "127.0.0.1:" + freePort();
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://%s,CONTROLLER://%s".formatted(broker, controller),
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dir", folder.toString(),
                "log.cleaner.enable", "false",
                "controlled.shutdown.enable", "false",
                "message.max.bytes", "100000"));
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .run();
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return new TestBroker(server, broker);
    }

    /** Its host and port. */
    String address() {
        return address;
    }

    /** All records of a topic, of which there are so many at least, in their order. */
    List<ConsumerRecord<String, String>> records(String topic, int atLeast) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        StringDeserializer text = new StringDeserializer();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(Map.of("bootstrap.servers", address), text, text)) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (records.size() < atLeast) {
                consumer.poll(Duration.ofSeconds(10)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
