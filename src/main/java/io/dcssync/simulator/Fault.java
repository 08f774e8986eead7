package io.dcssync.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be wrong with a simulated DCS. */
public enum Fault {
    SERVER_ERROR("500", true, "fails with 500 and the documented body"),
    BAD_GATEWAY("502-html", true, "fails with 502 and a page of HTML, as a proxy would"),
    THROTTLED("429", true, "is refused with 429 and a limit in its text"),
    THROTTLED_FOR_A_TIME("429-retry-after", true, "is refused with 429 and Retry-After: 1"),
    RESET("reset", true, "has its connection closed without an answer"),
    TRUNCATE("truncate", true, "is answered with half of the body that was promised"),
    SLOW("slow", true, "is answered two seconds late"),
    HANG("hang", true, "is never answered"),
    TOKEN_EXPIRY("token-expiry", false, "each token is good for 10 requests only (with --auth token)"),
    CLOCK_OFF("clock-off", false, "its clock is 20 minutes ahead, by its Date and where it checks signatures"),
    CAP("cap", false, "pages have N tasks at most, whatever is asked for (cap=N)"),
    IGNORE_OFFSET("ignore-offset", false, "each page is the first one"),
    MOVING("moving", false, "the list changes between any two pages"),
    DIRTY("dirty", false, "a third of the tasks have odd values, or are no tasks at all");

    /** Those that {@code mix} stands for: what a client should get over. */
    static final List<Fault> MIX =
            List.of(SERVER_ERROR, BAD_GATEWAY, THROTTLED, THROTTLED_FOR_A_TIME, RESET, TRUNCATE, SLOW);

    private final String word;
    private final boolean passing;
    private final String meaning;

    Fault(String word, boolean passing, String meaning) {
        this.word = word;
        this.passing = passing;
        this.meaning = meaning;
    }

    /** Returns what it is called on the command line. */
    public String word() {
        return word;
    }

    /** Whether it befalls one request and not the next, rather than being always so. */
    public boolean isPassing() {
        return passing;
    }

    /** Returns what it does, in words that continue "a request …" for a passing one. */
    public String meaning() {
        return meaning;
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
    }
}
