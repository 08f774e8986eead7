package io.dcssync.simulator;

import io.dcssync.listapi.ListRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a simulated DCS: passing faults, each with the share of the requests that it befalls, and lasting
 * ones.
 *
 * @param values percent of the requests for a passing fault; N for {@code cap}; 1 for other lasting ones
 */
public record Faults(Map<Fault, Integer> values) {

    public static final Faults NONE = new Faults(Map.of());

    private static final int USUAL_SHARE = 10;
    private static final int SHARE_IN_MIX = 5;
    private static final Duration CLOCK_AHEAD = Duration.ofMinutes(20);
    private static final Pattern ITEM = Pattern.compile("([a-z0-9-]+)(?:=([0-9]{1,5})(%?))?");

    public Faults {
        values = Map.copyOf(values);
    }

    /**
     * Reads a list such as {@code 500,reset=20%,cap=100,mix}.
     *
     * @throws IllegalArgumentException with what is wrong and what is allowed
     */
    public static Faults parse(String text) {
        Map<Fault, Integer> values = new EnumMap<>(Fault.class);
        for (String item : text.split(",", -1)) {
            if (item.strip().equals("mix")) {
                Fault.MIX.forEach(fault -> values.put(fault, SHARE_IN_MIX));
            } else {
                add(item.strip(), values);
            }
        }
        Faults faults = new Faults(values);
        if (faults.sharesTogether() > 100) {
            throw new IllegalArgumentException(
                    "--faults is " + text + ": the shares add up to more than 100 % of the requests");
        }
        return faults;
    }

    private static void add(String item, Map<Fault, Integer> values) {
        Matcher matcher = ITEM.matcher(item);
        Fault fault = Optional.of(matcher)
                .filter(Matcher::matches)
                .flatMap(found -> Fault.of(found.group(1)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--faults has '" + item + "', which is no fault; simulate --help names them"));
        String number = matcher.group(2);
        boolean percent = "%".equals(matcher.group(3));
        boolean fits =
                fault.isPassing() ? number == null || percent : (number == null) == (fault != Fault.CAP) && !percent;
        if (!fits || "0".equals(number)) {
            throw new IllegalArgumentException("--faults has '" + item + "', allowed is "
                    + (fault.isPassing()
                            ? fault.word() + " or " + fault.word() + "=P%"
                            : fault == Fault.CAP ? "cap=N, N 1 or more" : fault.word()));
        }
        values.put(fault, number == null ? (fault.isPassing() ? USUAL_SHARE : 1) : Integer.parseInt(number));
    }

    private int sharesTogether() {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().isPassing())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    boolean has(Fault fault) {
        return values.containsKey(fault);
    }

    /** What time it is to the endpoint. */
    Clock clock() {
        return has(Fault.CLOCK_OFF) ? Clock.offset(Clock.systemUTC(), CLOCK_AHEAD) : Clock.systemUTC();
    }

    /** Draws what befalls the next request. */
    Optional<Fault> draw(Dice dice) {
        int drawn = dice.between(0, 99);
        for (Fault fault : Fault.values()) {
            int share = fault.isPassing() ? values.getOrDefault(fault, 0) : 0;
            if (drawn < share) {
                return Optional.of(fault);
            }
            drawn -= share;
        }
        return Optional.empty();
    }

    /** What is made of a request. */
    ListRequest heard(ListRequest asked) {
        return new ListRequest(
                asked.projectId(),
                has(Fault.IGNORE_OFFSET) ? 0 : asked.offset(),
                Math.min(values.getOrDefault(Fault.CAP, Integer.MAX_VALUE), asked.limit()),
                asked.name());
    }
}
