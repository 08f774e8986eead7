package io.dcssync.source;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A number by which bytes are known again. Two CRCs with generators that share no factor are one of 64 bits: that two
 * contents have the same by chance is as good as impossible, and computing it costs a fraction of reading the JSON.
 */
final class Fingerprint {

    private Fingerprint() {}

    static long of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** Returns the fingerprint of the bytes from one place up to before another. */
    static long of(byte[] bytes, int from, int to) {
        CRC32C high = new CRC32C();
        high.update(bytes, from, to - from);
        CRC32 low = new CRC32();
        low.update(bytes, from, to - from);
        return high.getValue() << 32 | low.getValue();
    }
}
