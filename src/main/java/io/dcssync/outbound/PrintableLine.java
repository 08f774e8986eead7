package io.dcssync.outbound;

import java.util.regex.Pattern;

/** Makes a text from outside fit to be a line, or a part of one, wherever it is shown. */
public final class PrintableLine {

    // controls, what ends lines, and what no one sees but hides text or turns it around
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    private PrintableLine() {}

    /** Returns the text with a space for all that is not printable. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }
}
