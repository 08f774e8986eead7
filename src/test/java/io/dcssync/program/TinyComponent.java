package io.dcssync.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;

/** A component of Camel as others may write one: {@code tiny:FILE} writes the id and the body into a file. */
public final class TinyComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ProcessorEndpoint(
                uri,
                this,
                exchange -> Files.writeString(
                        Path.of(remaining),
                        exchange.getMessage().getHeader("webhook-id") + "\n"
                                + exchange.getMessage().getBody(String.class)));
    }
}
