package io.dcssync.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class TracedStepTest {

    private static final Step WRONG = new Step() {
        @Override
        public String span() {
            return "wrong";
        }

        @Override
        public Span parent(Exchange exchange) {
            throw new IllegalStateException("parent");
        }

        @Override
        public void begun(Span span, Exchange exchange) {
            throw new IllegalStateException("begun");
        }

        @Override
        public void ended(Span span, Span parent, Exchange exchange) {
            throw new IllegalStateException("ended");
        }
    };

    @Test
    void a_bug_of_a_span_neither_fails_a_step_nor_holds_it_up() {
        AtomicInteger ends = new AtomicInteger();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        TracedStep traced = new TracedStep(
                made -> made.getMessage().setBody("made"),
                WRONG,
                OpenTelemetry.noop().getTracer("test"));

        traced.process(exchange, doneSync -> ends.incrementAndGet());

        assertThat(ends).hasValue(1);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("made");
    }
}
