package io.dcssync.config;

import java.util.regex.Pattern;

/** What has no place in a line that people read: controls, what ends lines, and what no one sees but turns text around. */
public final class Unprintable {

    /** Its characters, for a class of a regular expression. */
    public static final String CHARACTERS = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}";

    private static final Pattern SOME = Pattern.compile("[" + CHARACTERS + "]+");

    private Unprintable() {}

    /** Returns the text as one line, or a part of one: with a space for each run of them. */
    public static String outOf(String text) {
        return SOME.matcher(text).replaceAll(" ");
    }
}
