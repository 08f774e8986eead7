package io.dcssync.source;

import io.dcssync.config.SourceSettings;
import io.dcssync.outbound.ErrorAnswer;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a pass asks for its pages: when it is its turn, as whom, how often, and what a try that failed means for the next one.
 * Used by one thread at a time.
 */
final class Asking {

    private final SourceSettings source;
    private final Access access;
    private final EarlyEnd end;
    private final PageRequests requests;
    private Optional<Reason> failedTry = Optional.empty();

    Asking(SourceSettings source, Access access, EarlyEnd end) {
        this.source = source;
        this.access = access;
        this.end = end;
        this.requests = new PageRequests(source);
    }

    String uri() {
        return requests.uri();
    }

    String query(int offset, int limit) {
        return requests.query(offset, limit);
    }

    /** Waits for the turn, logs in where that is due, and counts the request that is about to be sent. */
    void getReady() throws CredentialsUnavailable, EndpointResting, TurnTooLate {
        failedTry = Optional.empty();
        if (end.failure().isPresent() || end.isLost()) {
            throw new IllegalStateException("the pass has ended meanwhile");
        }
        requests.tryOnce();
        access.endpoint().awaitTurn(end.timeLeft());
        access.authentication().prepare();
        access.endpoint().refuseWhileResting();
        requests.send();
    }

    /** Takes note that the endpoint did not accept who asks; something new may be worth one repeat of the page. */
    void notAuthenticated(ErrorAnswer said) {
        requests.refused(access.authentication().renew(said));
    }

    /** What to check where the endpoint does not accept who asks, by the header {@code Date} of its answer. */
    String whatToCheck(String date) {
        return access.authentication().whatToCheck(date);
    }

    /** Returns an answer without the credentials that the endpoint may have said back. */
    byte[] withoutCredentials(byte[] answer) {
        return access.withoutCredentials(answer);
    }

    /** Takes note that the page came. */
    void answered() {
        failedTry = Optional.empty();
        requests.answered();
        access.endpoint().answered();
    }

    /** Takes note why a try to get the page failed, and lets all sources of the endpoint know what that says of it. */
    void failed(Throwable thrown) {
        Reason reason = Reason.of(thrown).of(source);
        failedTry = Optional.of(reason);
        reason.spacing().ifPresent(access.endpoint()::slowTo);
        if (!reason.sent() || end.isReached()) {
            return;
        }
        if (reason.worthAnotherTry()) {
            reason.retryAfter().ifPresent(access.endpoint()::hold);
            access.endpoint().failed(thrown);
        } else {
            access.endpoint().answered();
        }
    }

    /** Why the last try failed; empty: it did not, or it is still to come. */
    Optional<Reason> failedTry() {
        return failedTry;
    }

    /** Whether the page is to be asked for again after the try that failed; not if the wait would outlast the pass. */
    boolean isDueAgain() {
        return failedTry.filter(this::mayAskAgain).isPresent();
    }

    private boolean mayAskAgain(Reason reason) {
        return !end.isReached()
                && !end.isOverdueIn(reason.retryAfter().orElse(Duration.ZERO))
                && requests.mayTryAgain()
                && (reason.worthAnotherTry() || requests.isRepeatDue());
    }

    int triesOfPage() {
        return requests.triesOfPage();
    }

    /** Adds what the ledger has to know. */
    void addTo(Map<String, Object> facts) {
        requests.addTo(facts);
    }
}
