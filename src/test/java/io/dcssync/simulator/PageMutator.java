package io.dcssync.simulator;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.dcssync.listapi.ListedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes of a real page what a broken endpoint, proxy or network might make of it. Its draws follow from the seed. */
final class PageMutator {

    private static final JsonMapper JSON = JsonMapper.builder()
            // so that half a surrogate pair can be written
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private static final String TASKS = "migration_tasks";

    private final Random random;

    PageMutator(Random random) {
        this.random = random;
    }

    /** Leaves half of the pages alone. */
    byte[] mutate(byte[] page) {
        if (random.nextBoolean()) {
            return page;
        }
        try {
            ObjectNode tree = (ObjectNode) JSON.readTree(page);
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutate(tree);
            }
            String text = JSON.writeValueAsString(tree);
            byte[] bytes = (chance(4) ? repeatKey(text) : text).getBytes(StandardCharsets.UTF_8);
            return chance(4) ? damage(bytes) : bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mutate(ObjectNode page) {
        if (chance(12)) {
            mutateAround(page);
        } else if (page.get(TASKS) instanceof ArrayNode entries && !entries.isEmpty()) {
            if (chance(3)) {
                mutateOrder(entries);
            } else if (entries.get(random.nextInt(entries.size())) instanceof ObjectNode entry) {
                mutateFields(entry);
            }
        }
    }

    private void mutateAround(ObjectNode page) {
        switch (random.nextInt(4)) {
            case 0 -> page.set("count", hostile());
            case 1 -> page.set(TASKS, hostile());
            case 2 -> page.remove(random.nextBoolean() ? TASKS : "count");
            default -> page.set(random.nextBoolean() ? "error_code" : "odd", hostile());
        }
    }

    private void mutateOrder(ArrayNode entries) {
        int at = random.nextInt(entries.size());
        switch (random.nextInt(5)) {
            case 0 -> entries.set(at, hostile());
            case 1 -> entries.insert(random.nextInt(entries.size() + 1), hostile());
            case 2 -> entries.remove(at);
            case 3 -> entries.add(entries.get(at).deepCopy());
            default -> {
                List<JsonNode> order = new ArrayList<>();
                entries.forEach(order::add);
                Collections.shuffle(order, random);
                entries.removeAll().addAll(order);
            }
        }
    }

    private void mutateFields(ObjectNode entry) {
        switch (random.nextInt(5)) {
            case 0 -> entry.set("task_id", hostile());
            case 1 -> entry.remove(field());
            case 2 -> entry.set("odd\u0000\ud83d".substring(0, 1 + random.nextInt(5)), hostile());
            default -> entry.set(field(), hostile());
        }
    }

    /** A key that an object has already, before or after its own. */
    private String repeatKey(String json) {
        String pair = "\"" + field() + "\":" + HostileJson.draw(random);
        int from = random.nextInt(json.length());
        if (random.nextBoolean()) {
            int open = json.indexOf("{\"", from);
            return open < 0 ? json : json.substring(0, open + 1) + pair + "," + json.substring(open + 1);
        }
        int close = json.indexOf("\"}", from);
        return close < 0 ? json : json.substring(0, close + 1) + "," + pair + json.substring(close + 1);
    }

    private byte[] damage(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(chance(2) ? 4 : 400));
        byte[] made = new byte[1 + random.nextInt(4)];
        random.nextBytes(made);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(bytes, at, new byte[0], at + length);
            case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 3 -> joined(bytes, at, made, at);
            case 4 -> joined(bytes, at, new byte[] {0}, at + 1);
            default -> {
                byte[] flipped = bytes.clone();
                for (int i = 0; i < length; i++) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, head);
        joined.writeBytes(middle);
        joined.write(bytes, tail, bytes.length - tail);
        return joined.toByteArray();
    }

    private String field() {
        return ListedTask.FIELDS.get(random.nextInt(ListedTask.FIELDS.size()));
    }

    private JsonNode hostile() {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(HostileJson.draw(random)));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
