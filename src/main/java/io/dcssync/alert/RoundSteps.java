package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/**
 * The steps that routes take with the round and the attempt that their exchange carries; {@link Round} and
 * {@link Attempt} say what each does. Thread-safe.
 */
public final class RoundSteps {

    public void claimed(@Variable("round") Round round, @Body List<Map<String, Object>> alerts) {
        round.claimed(alerts);
    }

    public List<List<Map<String, Object>>> handfuls(
            @Variable("round") Round round, @Body List<Map<String, Object>> alerts) {
        return round.handfuls(alerts);
    }

    public Map<String, Object> toRecord(@Variable("round") Round round, @Body List<Attempt> sent) {
        return round.toRecord(sent);
    }

    /** Tells each of the attempts what the ledger recorded of it, and leaves the rows. */
    public void recorded(@Variable("sent") List<Attempt> sent, @Body List<Map<String, Object>> rows) {
        for (Attempt attempt : sent) {
            attempt.recordedAs(rows.stream().filter(attempt::isOf).findFirst().orElse(null));
        }
    }

    public void othersHave(@Variable("round") Round round, @Body Number claims) {
        round.othersHave(claims.longValue());
    }

    public Attempt attempt(@Variable("round") Round round, @Body Map<String, Object> alert) {
        return round.attempt(alert);
    }

    public void address(@Variable("attempt") Attempt attempt, @Headers Map<String, Object> headers)
            throws JsonProcessingException {
        headers.putAll(attempt.headers());
    }

    public void sign(@Variable("attempt") Attempt attempt, @Body byte[] body, @Headers Map<String, Object> headers) {
        headers.putAll(attempt.signature(body, Instant.now()));
    }

    public void failed(@Variable("attempt") Attempt attempt, @ExchangeException Exception thrown) {
        attempt.failed(thrown);
    }

    public void recordedAs(@Variable("attempt") Attempt attempt, @Body Map<String, Object> row) {
        attempt.recordedAs(row);
    }
}
