package io.dcssync.simulator;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Chance that repeats itself: the same seed gives the same draws on every machine and Java version, since
 * {@link Random} promises its algorithm. Not thread-safe.
 */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(mixed(seed));
    }

    /** Draws from least to most, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Draws an id that looks like a random UUID (version 4). */
    String uuid() {
        long most = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long least = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    String ip() {
        return "192.168." + between(0, 31) + "." + between(2, 254);
    }

    String address() {
        return ip() + ":" + pick(6379, 6379, 6379, 6380, 7001);
    }

    /** Spreads seeds apart, since neighbouring seeds begin alike. */
    private static long mixed(long seed) {
        long mixed = (seed ^ (seed >>> 32)) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ (mixed >>> 29);
    }
}
