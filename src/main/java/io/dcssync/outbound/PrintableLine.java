package io.dcssync.outbound;

import io.dcssync.config.Unprintable;
import java.util.regex.Pattern;

/** Makes a text from outside fit to be a line, or a part of one, wherever it is shown. */
public final class PrintableLine {

    private static final Pattern UNPRINTABLE = Pattern.compile("[" + Unprintable.CHARACTERS + "\\s]+");

    private PrintableLine() {}

    /** Returns the text with a space for all that is not printable. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }
}
