package io.dcssync.source;

import io.dcssync.config.SourceSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The requests of a pass: where to, what for, and how many they were. Used by one thread at a time. */
final class PageRequests {

    private final SourceSettings source;
    private int sent;
    private int repeated;
    private int triesOfPage;
    private int sentOfPage;
    private boolean renewed;
    private boolean repeatDue;

    PageRequests(SourceSettings source) {
        this.source = source;
    }

    String uri() {
        return source.endpoint() + "/v2/" + source.projectId() + "/migration-tasks";
    }

    String query(int offset, int limit) {
        String page = "offset=" + offset + "&limit=" + limit;
        return source.nameFilter().map(name -> page + "&name=" + encoded(name)).orElse(page);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Begins a try to get the page; it may end before a request is sent. */
    void tryOnce() {
        triesOfPage++;
        repeatDue = false;
    }

    /** Counts a request that is about to be sent. */
    void send() {
        sent++;
        sentOfPage++;
        if (sentOfPage > 1) {
            repeated++;
        }
    }

    /** Takes note of a 401. Once for each page it may be repeated, where {@code renewable}. */
    void refused(boolean renewable) {
        repeatDue = renewable && !renewed;
        renewed = true;
    }

    /** Whether a 401 came that is worth a repeat. */
    boolean isRepeatDue() {
        return repeatDue;
    }

    /** Takes note that the page was received: the next request is for another one. */
    void answered() {
        triesOfPage = 0;
        sentOfPage = 0;
        renewed = false;
    }

    int triesOfPage() {
        return triesOfPage;
    }

    boolean mayTryAgain() {
        return triesOfPage < source.maxAttempts();
    }

    /** Adds what the ledger has to know. */
    void addTo(Map<String, Object> facts) {
        facts.put("requests", sent);
        facts.put("retries", repeated);
    }
}
