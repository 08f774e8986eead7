package io.dcssync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Sets up logging as the command line wants it; {@code logback.xml} says how the events look. */
public final class Logging {

    /** How log events are written. */
    public enum Format {
        /** A line for a person. */
        TEXT,
        /** A JSON object a line. */
        JSON
    }

    private static final String APPENDER = "dcs-sync.log";

    private Logging() {}

    static void start(Format format, boolean verbose) {
        System.setProperty(APPENDER, appender(format, verbose));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        try {
            // a logger may have been made before the command line was read, and with it the usual set-up
            context.reset();
            new ContextInitializer(context).autoConfig();
        } catch (JoranException unreadable) {
            throw new IllegalStateException("logback.xml cannot be read (bug)", unreadable);
        }
        if (verbose) {
            context.getLogger("io.dcssync").setLevel(Level.DEBUG);
            context.getLogger("org.apache.camel").setLevel(Level.INFO);
        }
    }

    /** Logs of ours only what is at least so bad, where a command tells by itself what happens. */
    static void only(Level level) {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger("io.dcssync")
                .setLevel(level);
    }

    private static String appender(Format format, boolean verbose) {
        if (format == Format.JSON) {
            return "json";
        }
        return verbose ? "text-with-traces" : "text";
    }
}
