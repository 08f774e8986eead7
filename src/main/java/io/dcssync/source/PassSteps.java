package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** The steps that routes take with the pass that their exchange carries; {@link Pass} says what each does. Thread-safe. */
public final class PassSteps {

    public void openedAs(@Variable("pass") Pass pass, @Body Map<String, Object> row) {
        pass.openedAs(row);
    }

    public void getReady(@Variable("pass") Pass pass) throws CredentialsUnavailable, EndpointResting, TurnTooLate {
        pass.getReady();
    }

    public boolean isToAskAgain(@Variable("pass") Pass pass) {
        return pass.isToAskAgain();
    }

    /** Not {@code ${variable.page.toCheck}}: Camel would look up the page in a cache, by the hash of all that is in it. */
    public List<List<JsonNode>> toCheck(@Variable("page") ListedPage page) {
        return page.toCheck();
    }

    public void receive(
            @Variable("pass") Pass pass, @Variable("page") ListedPage page, @Body List<List<CheckedEntry>> parts) {
        pass.receive(page, parts.stream().flatMap(List::stream).toList());
    }

    public void pageEnded(@Variable("pass") Pass pass) {
        pass.pageEnded();
    }

    public void awaitPage(@Variable("pass") Pass pass) throws InterruptedException {
        pass.awaitPage();
    }

    public void accept(@Variable("pass") Pass pass) {
        pass.accept();
    }

    public void storedAs(@Variable("pass") Pass pass, @Body Map<String, Object> row) {
        pass.storedAs(row);
    }

    public void notStored(@Variable("pass") Pass pass, @ExchangeException Exception thrown) {
        pass.notStored(thrown);
    }

    public void fail(@Variable("pass") Pass pass, @ExchangeException Exception thrown) {
        pass.fail(thrown);
    }

    public void closedAs(@Variable("pass") Pass pass, @Body Map<String, Object> row) {
        pass.closedAs(row);
    }
}
