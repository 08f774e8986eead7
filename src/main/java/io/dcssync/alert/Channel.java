package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A channel while the program runs: how its alerts are written and signed, whether its receiver took the last one, and
 * whether it has asked to be left alone for a while. Thread-safe.
 */
public final class Channel {

    private final ChannelSettings settings;
    private final EventFormat format;
    private final Optional<Signature> signature;
    private final AtomicLong restsUntil = new AtomicLong(System.nanoTime());
    private volatile boolean well;

    public Channel(ChannelSettings settings) {
        this.settings = settings;
        boolean isPage = settings.isMail() && settings.format() == ChannelSettings.Format.TEXT;
        format = isPage ? new MailPage() : EventFormat.of(settings);
        signature = settings.signingSecret().map(Signature::new);
    }

    String name() {
        return settings.name();
    }

    ChannelSettings settings() {
        return settings;
    }

    EventFormat format() {
        return format;
    }

    /** How deliveries are signed; empty: they are not. */
    Optional<Signature> signature() {
        return signature;
    }

    /** Takes note of whether its receiver took an alert. */
    void met(boolean taken) {
        well = taken;
    }

    /** Whether its receiver took the last alert that was sent. */
    boolean isWell() {
        return well;
    }

    /** Lets nothing be sent for so long from now on, or for longer where that was asked for. */
    void rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        restsUntil.accumulateAndGet(until, (known, asked) -> asked - known > 0 ? asked : known);
    }

    /** Whether nothing is to be sent for now. */
    boolean rests() {
        return System.nanoTime() - restsUntil.get() < 0;
    }
}
