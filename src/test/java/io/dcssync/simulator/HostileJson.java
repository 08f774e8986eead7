package io.dcssync.simulator;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON values that nobody expects, each drawn as often as any other. All of them are valid JSON. */
final class HostileJson {

    private static final List<String> FIXED = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "7.50",
            "1e400",
            "-1e-400",
            "1E+99999",
            "12345678901234567890123456789",
            "202404011057",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud83d\"",
            "\"\\udc00x\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\\ud83d\\ude00\"",
            "\"\\uffff\\ufeff\\u202e\\u2028\"",
            "\"\\b\\f\\n\\r\\t\\u001b[2J\\u007f\"",
            "\"\\\\\\\\\\\"\"",
            "\"'; drop table dcs.task; --\"",
            "\"${body} {{secret}} %s {} :?run ??\"",
            "\"null\"",
            "\"{\\\"a\\\":1}\"",
            "\"failed\"",
            "\"FAILED \"",
            "\"FAILED\"",
            "\"SUCCESS\"",
            "\"MIGRATING\"",
            "\"UNKNOWN\"",
            "\"2024-02-30T00:00:00Z\"",
            "\"0000-00-00 00:00:00\"",
            "\"-4713-01-01T00:00:00Z\"",
            "\"294277-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"9999-12-31T23:59:60.999999999999Z\"",
            "\"2024-04-01T10:57:00+99:99\"",
            "\"999999999999\"",
            "\"infinity\"",
            "[]",
            "{}",
            "[[]]",
            "[null,\"\",1,{\"a\":[]},\"\\u0000\"]",
            "{\"\":\"\"}",
            "{\"a\\u0000\":1,\"a\\ufffd\":2}",
            "{\"_replaced\":7,\"extra\":{},\"source\":\"x\"}");

    private HostileJson() {}

    static String draw(Random random) {
        int kind = random.nextInt(FIXED.size() + 9);
        if (kind < FIXED.size()) {
            return FIXED.get(kind);
        }
        return switch (kind - FIXED.size()) {
            case 0 -> text(random, 10_000);
            case 1 -> text(random, 510 + random.nextInt(4));
            case 2 -> "\"" + "\\ud83d\\ude00".repeat(256) + "\"";
            case 3 -> "\"" + "订".repeat(512) + "\"";
            case 4 -> "9".repeat(1 + random.nextInt(5000));
            case 5 -> "0." + "1".repeat(1 + random.nextInt(5000));
            case 6 -> nested("[", "1", "]", random);
            case 7 -> nested("{\"a\":", "1", "}", random);
            default ->
                Stream.generate(() -> Integer.toString(random.nextInt()))
                        .limit(1000)
                        .collect(Collectors.joining(",", "[", "]"));
        };
    }

    /** Text that no index can make smaller. */
    private static String text(Random random, int length) {
        return random.ints(length, '0', 'z')
                .mapToObj(c -> c == '\\' ? "_" : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String nested(String open, String inside, String close, Random random) {
        int depth = List.of(199, 201, 3000, 9900).get(random.nextInt(4));
        return open.repeat(depth) + inside + close.repeat(depth);
    }
}
