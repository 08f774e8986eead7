package io.dcssync.ledger;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fresh a source is and whether its sync works, in the message and, for programs, as details. Always up: a source that
 * is failing does not make the program unready. Says nothing of tasks. Thread-safe.
 */
public final class SourceHealthCheck extends AbstractHealthCheck {

    private static final Logger log = LoggerFactory.getLogger(SourceHealthCheck.class);

    private final String source;
    private final Freshness freshness;

    public SourceHealthCheck(String source, Freshness freshness) {
        super("dcs-sync", "source-" + source);
        this.source = source;
        this.freshness = freshness;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        try {
            Map<String, Object> row = freshness.of(source);
            builder.message(row.isEmpty() ? "not read yet" : inWords(row));
            row.forEach((name, value) -> {
                if (value != null && !name.equals("source")) {
                    builder.detail(name, value);
                }
            });
        } catch (RuntimeException e) {
            log.atDebug().addKeyValue("source", source).setCause(e).log("{}: its freshness is not known now", source);
            builder.message("not known at the moment");
        }
    }

    private static String inWords(Map<String, Object> row) {
        String problem = row.get("last_error_code") == null
                ? ""
                : " (%s: %s)".formatted(row.get("last_error_code"), row.get("last_error_message"));
        String complete = row.get("last_complete_at") == null
                ? "there was no complete pass yet"
                : "last complete pass at %s, %s s ago"
                        .formatted(row.get("last_complete_at"), row.get("seconds_since_complete"));
        return "last pass %s%s; failures in a row: %s; %s"
                .formatted(row.get("last_outcome"), problem, row.get("failures_in_a_row"), complete);
    }
}
