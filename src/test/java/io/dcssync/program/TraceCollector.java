package io.dcssync.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of traces: takes what comes by OTLP over HTTP, or refuses it. Thread-safe. */
final class TraceCollector implements AutoCloseable {

    /** A span as it came in: attributes as text, {@code parent} empty where it begins a trace. */
    record Received(
            String trace, String id, String parent, String name, boolean failed, Map<String, String> attributes) {

        boolean isWithin(Received other) {
            return trace.equals(other.trace) && parent.equals(other.id);
        }
    }

    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> senders = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    private TraceCollector(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/base/v1/traces", this::take);
        server.start();
    }

    static TraceCollector start() {
        return new TraceCollector(0);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
    }

    /** Answers with this status from now on; takes nothing unless it is 200. */
    void answers(int status) {
        this.status = status;
    }

    /** Returns the spans that came so far. */
    List<Received> spans() {
        return List.copyOf(spans);
    }

    /** Returns the spans of this name that came so far. */
    List<Received> spans(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** Returns what the senders are, as they say. */
    List<Map<String, String>> senders() {
        return List.copyOf(senders);
    }

    /** Returns the headers {@code Authorization} that came along. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (status == 200) {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(sent -> {
                    senders.add(texts(sent.getResource().getAttributesList()));
                    sent.getScopeSpansList()
                            .forEach(scope -> scope.getSpansList().forEach(this::keep));
                });
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void keep(Span span) {
        spans.add(new Received(
                hex(span.getTraceId().toByteArray()),
                hex(span.getSpanId().toByteArray()),
                hex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                texts(span.getAttributesList())));
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, one -> text(one.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
