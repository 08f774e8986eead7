package io.dcssync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of the keys at hand: placeholders filled in, secret files read, each value of the type of its key. */
final class Values {

    /** What is shown in the place of a secret. */
    static final String HIDDEN = "******";

    private final Written written;
    private final List<Problem> problems;
    private final Map<String, String> accepted = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    Values(Written written, List<Problem> problems) {
        this.written = written;
        this.problems = problems;
    }

    /** Takes in the value of one key; what is not allowed becomes a problem. */
    void check(String key, KnownKey<?> row) {
        try {
            Optional<String> text = text(key, row);
            if (text.isEmpty() && row.fallback().kind() == KnownKey.Fallback.Kind.REQUIRED) {
                throw refusal(key, row, "is required: " + row.type().allowed());
            }
            if (text.isPresent() && row.type().parse(text.get()).isEmpty()) {
                String meant = row.type()
                        .near()
                        .apply(text.get())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                throw refusal(key, row, "must be " + row.type().allowed() + meant);
            }
            text.ifPresent(value -> accepted.put(key, value));
        } catch (Refusal refusal) {
            refused.add(key);
            problems.add(refusal.problem);
        }
    }

    /** Returns a value, or what holds where it is not set; nothing if there is neither or the value was refused. */
    <T> Optional<T> find(KnownKey<T> row, String name) {
        String key = row.of(name);
        if (refused.contains(key)) {
            return Optional.empty();
        }
        Optional<String> standard = Optional.of(row.fallback())
                .filter(fallback -> fallback.kind() == KnownKey.Fallback.Kind.VALUE)
                .map(KnownKey.Fallback::text);
        return Optional.ofNullable(accepted.get(key)).or(() -> standard).flatMap(row.type()::parse);
    }

    /** Returns the file that a value names; a relative one is relative to the folder of the file that the value is in. */
    Optional<Path> findPath(KnownKey<String> row, String name) {
        try {
            return find(row, name)
                    .map(text ->
                            written.entry(row.of(name)).orElseThrow().folder().resolve(text));
        } catch (InvalidPathException e) {
            refuse(row, name, "must be the path of a file");
            return Optional.empty();
        }
    }

    /** Returns a value that is known to be there: required, or with a default. */
    <T> T get(KnownKey<T> row, String name) {
        return find(row, name).orElseThrow(() -> new IllegalStateException(row.of(name) + " was not checked (bug)"));
    }

    /** Returns the path that a key gives; a relative one is relative to the folder of the file it stands in. */
    Optional<Path> findPath(KnownKey<String> row) {
        return find(row, "").map(path -> written.entry(row.pattern())
                .map(entry -> entry.folder().resolve(path))
                .orElse(Path.of(path))
                .normalize());
    }

    /** Whether the configuration gives a value, be it a good one or not. */
    boolean isSet(KnownKey<?> row, String name) {
        return accepted.containsKey(row.of(name)) || refused.contains(row.of(name));
    }

    /** Notes that a value that is of its type is still not allowed. */
    void refuse(KnownKey<?> row, String name, String message) {
        problems.add(refusal(row.of(name), row, message).problem);
    }

    private Optional<String> text(String key, KnownKey<?> row) throws Refusal {
        Optional<Entry> entry = written.entry(key);
        Optional<Entry> fileEntry = row.secret() ? written.entry(key + "-file") : Optional.empty();
        int layer = entry.map(Entry::layer).orElse(-1);
        int fileLayer = fileEntry.map(Entry::layer).orElse(-1);
        if (fileLayer >= 0 && layer == fileLayer) {
            throw refusal(key, row, "give either this key or " + key + "-file, not both");
        }
        if (fileLayer > layer) {
            Entry file = fileEntry.orElseThrow();
            Optional<String> path = filled(key + "-file", file, file.text());
            return path.isEmpty() ? Optional.empty() : Optional.of(content(key + "-file", file, path.get()));
        }
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        return filled(key, entry.get(), shown(row, entry.get().text()));
    }

    private Optional<String> filled(String key, Entry entry, String shown) throws Refusal {
        try {
            return written.filled(entry);
        } catch (Placeholders.Unresolvable unresolvable) {
            throw new Refusal(new Problem(key, Optional.of(shown), entry.origin(), unresolvable.getMessage()));
        }
    }

    private static String content(String key, Entry entry, String path) throws Refusal {
        String reason;
        try {
            return Files.readString(entry.folder().resolve(path.strip())).replaceFirst("\\R\\z", "");
        } catch (InvalidPathException noPath) {
            reason = "this is no path of a file";
        } catch (IOException unreadable) {
            reason = Unreadable.why(entry.folder().resolve(path.strip()), unreadable);
        }
        throw new Refusal(new Problem(key, Optional.of(entry.text()), entry.origin(), reason));
    }

    private Refusal refusal(String key, KnownKey<?> row, String message) {
        int layer = written.entry(key).map(Entry::layer).orElse(-1);
        Optional<Entry> fileEntry =
                row.secret() ? written.entry(key + "-file").filter(file -> file.layer() > layer) : Optional.empty();
        Optional<Problem> problem = fileEntry
                .map(file -> new Problem(
                        key + "-file", Optional.of(file.text()), file.origin(), "the file's content " + message))
                .or(() -> written.entry(key)
                        .map(entry ->
                                new Problem(key, Optional.of(shown(row, entry.text())), entry.origin(), message)));
        return new Refusal(problem.orElseGet(() -> Problem.notSet(key, message)));
    }

    /** As it was written, placeholders and all: what they stand for may be a secret. */
    private static String shown(KnownKey<?> row, String text) {
        return row.secret() ? HIDDEN : withoutPasswords(text);
    }

    /** A value that is no secret as it may be shown: a URL may hold passwords. */
    static String withoutPasswords(String text) {
        return text.replaceAll("//[^/]*@", "//" + HIDDEN + "@")
                .replaceAll("(?i)((?:password|secret|token|key)=)[^&]*", "$1" + HIDDEN);
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refusal(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }
    }
}
