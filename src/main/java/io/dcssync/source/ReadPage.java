package io.dcssync.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a page token by token, and makes a tree of those entries only whose bytes the ledger is not known to hold. Thread-safe.
 */
final class ReadPage {

    private final ObjectReader trees;

    ReadPage(JsonMapper json) {
        trees = json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Returns the page; empty where it is JSON of another shape.
     *
     * @param offset where in the list it was asked for
     * @throws IOException if it is no JSON
     */
    Optional<ListedPage> read(byte[] bytes, int offset, Holdings holdings) throws IOException {
        long fingerprint = Fingerprint.of(bytes);
        Optional<ListedPage> same = holdings.samePage(offset, fingerprint);
        if (same.isPresent()) {
            return same;
        }
        Optional<ListedPage> page = read(bytes, fingerprint, holdings);
        // which content of a task that stands twice in a page wins is decided with both at hand
        return page.filter(ReadPage::hasHeldTwice).isPresent() ? read(bytes, fingerprint, Holdings.NONE) : page;
    }

    private Optional<ListedPage> read(byte[] bytes, long fingerprint, Holdings holdings) throws IOException {
        List<ListedEntry> entries = null;
        Optional<Long> count = Optional.empty();
        boolean isNull = false;
        try (JsonParser in = trees.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                JsonToken value = in.nextToken();
                if (field.equals("migration_tasks")) {
                    isNull = value == JsonToken.VALUE_NULL;
                    entries = value == JsonToken.START_ARRAY ? entries(in, bytes, holdings) : null;
                }
                if (field.equals("count")) {
                    count = count(trees.readTree(in));
                }
                // an array that was read is skipped by standing at its end
                in.skipChildren();
            }
            if (in.nextToken() != null) {
                throw new IOException("something follows the page");
            }
        }
        // some servers write an empty list as null: with the word that there is nothing, it is one
        if (isNull && count.equals(Optional.of(0L))) {
            entries = List.of();
        }
        return entries == null ? Optional.empty() : Optional.of(new ListedPage(entries, count, fingerprint));
    }

    private List<ListedEntry> entries(JsonParser in, byte[] bytes, Holdings holdings) throws IOException {
        List<ListedEntry> entries = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            entries.add(entry(in, bytes, holdings));
        }
        return entries;
    }

    private ListedEntry entry(JsonParser in, byte[] bytes, Holdings holdings) throws IOException {
        int from = (int) in.currentTokenLocation().getByteOffset();
        // a body that is not UTF-8 is read as characters, whose places in the bytes nobody knows
        if (from < 0 || bytes[from] != '{' || !in.isExpectedStartObjectToken()) {
            return new ListedEntry.Told(trees.readTree(in), 0);
        }
        if (holdings.isEmpty()) {
            JsonNode json = trees.readTree(in);
            return new ListedEntry.Told(json, Fingerprint.of(bytes, from, end(in)));
        }
        String id = skipToEnd(in);
        long fingerprint = Fingerprint.of(bytes, from, end(in));
        return id != null && holdings.has(fingerprint)
                ? new ListedEntry.Held(Storable.text(id), fingerprint)
                : new ListedEntry.Told(trees.readTree(bytes, from, end(in) - from), fingerprint);
    }

    private static int end(JsonParser in) {
        return (int) in.currentLocation().getByteOffset();
    }

    /** Goes to the end of the entry; returns its {@code task_id}, null where that is no text. */
    private static String skipToEnd(JsonParser in) throws IOException {
        String id = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            if (field.equals("task_id")) {
                id = value == JsonToken.VALUE_STRING ? in.getText() : null;
            }
            in.skipChildren();
        }
        return id;
    }

    private static Optional<Long> count(JsonNode count) {
        if (count.isIntegralNumber() && count.canConvertToLong()) {
            return Optional.of(count.longValue());
        }
        return count.isTextual() && count.textValue().matches("\\d{1,18}")
                ? Optional.of(Long.valueOf(count.textValue()))
                : Optional.empty();
    }

    private static boolean hasHeldTwice(ListedPage page) {
        Set<String> ids = new HashSet<>();
        boolean twice = false;
        boolean held = false;
        for (ListedEntry entry : page.entries()) {
            boolean isHeld = entry instanceof ListedEntry.Held;
            held |= isHeld;
            String id = entry instanceof ListedEntry.Held known
                    ? known.id()
                    : Storable.text(
                            ((ListedEntry.Told) entry).json().path("task_id").asText());
            twice |= !id.isEmpty() && !ids.add(id);
        }
        return held && twice;
    }
}
