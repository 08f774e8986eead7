package io.dcssync.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an audit has found wrong. */
final class Findings {

    private final List<String> lost = new ArrayList<>();
    private final List<String> invented = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** Something that happened and is not known, or was not told. */
    void lost(String text, Object... facts) {
        lost.add("lost: " + String.format(Locale.ROOT, text, facts));
    }

    /** Something that is known or was told, and did not happen. */
    void invented(String text, Object... facts) {
        invented.add("invented: " + String.format(Locale.ROOT, text, facts));
    }

    /** Something that does not add up. */
    void wrong(String text, Object... facts) {
        wrong.add("wrong: " + String.format(Locale.ROOT, text, facts));
    }

    int lost() {
        return lost.size();
    }

    int invented() {
        return invented.size();
    }

    List<String> all() {
        List<String> all = new ArrayList<>(lost);
        all.addAll(invented);
        all.addAll(wrong);
        return all;
    }
}
