package io.dcssync.source;

import io.dcssync.config.SourceSettings;
import io.dcssync.outbound.ErrorAnswer;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Asks for single pages as a pass does, at the endpoint's pace, and keeps what a pass has no use for. Used by one thread. */
final class Probe {

    /**
     * What came of a request: a page, or a problem.
     *
     * @param status of the answer; 0: there was none
     * @param again whether it may help to ask once more
     * @param ahead how far this machine's clock is ahead of the endpoint's; empty: the answer has no date
     */
    record Answered(
            int status,
            boolean again,
            Duration took,
            Optional<Duration> ahead,
            Optional<ListedPage> page,
            Optional<Reason> problem) {}

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final SourceSettings source;
    private final PageRequests requests;
    private final Access access;
    private final Clock clock;
    private final HttpClient client;
    private final ReadAnswer readAnswer = new ReadAnswer();

    Probe(SourceSettings source, Access access, Clock clock) {
        this.source = source;
        this.requests = new PageRequests(source);
        this.access = access;
        this.clock = clock;
        HttpClientBuilder builder = HttpClientBuilder.create();
        access.configureHttpClient(builder);
        client = builder.build();
    }

    /** Asks once; once more where a new token, or nothing but another try, may help against the answer. */
    Answered ask(int offset, int limit) throws InterruptedException {
        Answered first = askOnce(offset, limit);
        if (!first.again()) {
            return first;
        }
        if (first.status() != 401) {
            Thread.sleep(1000);
        }
        return askOnce(offset, limit);
    }

    private Answered askOnce(int offset, int limit) {
        Instant sent = clock.instant();
        try {
            access.endpoint().awaitTurn(LONGEST_WAIT);
            access.authentication().prepare();
            sent = clock.instant();
            Instant start = sent;
            HttpGet request = new HttpGet(requests.uri() + "?" + requests.query(offset, limit));
            request.setHeader("Accept", "application/json");
            return client.execute(request, response -> read(response, start));
        } catch (IOException | CredentialsUnavailable | TurnTooLate e) {
            Reason reason = Reason.of(e).of(source);
            return new Answered(0, false, since(sent), Optional.empty(), Optional.empty(), Optional.of(reason));
        }
    }

    private Answered read(ClassicHttpResponse response, Instant sent) throws IOException {
        Map<String, Object> headers = new HashMap<>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        String date = Optional.ofNullable(response.getFirstHeader("Date"))
                .map(header -> header.getValue())
                .orElse("");
        Optional<Duration> ahead = ahead(date, sent);
        int status = response.getCode();
        byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        try {
            ListedPage page = readAnswer.read(
                    status, headers, body, access.authentication().whatToCheck(date), access::withoutCredentials);
            return new Answered(status, false, since(sent), ahead, Optional.of(page), Optional.empty());
        } catch (UnusableAnswer e) {
            Reason reason = Reason.of(e).of(source);
            boolean again =
                    status == 401 ? access.authentication().renew(ErrorAnswer.of(body, "")) : reason.worthAnotherTry();
            return new Answered(status, again, since(sent), ahead, Optional.empty(), Optional.of(reason));
        }
    }

    /** The answer was made at some time between the request and now: in its midst is the best guess. */
    private Optional<Duration> ahead(String date, Instant sent) {
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Optional.of(Duration.between(theirs, sent.plus(since(sent).dividedBy(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
