package io.dcssync.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what was probably meant by a word that is not known. */
final class Nearest {

    private Nearest() {}

    static Optional<String> to(String word, Stream<String> known) {
        return known.min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /**
     * Finds the place that was probably meant among names such as {@code Europe/Zurich}: the last part decides, of which
     * one character in four may differ. Nothing where there is no such place.
     */
    static Optional<String> place(String word, Stream<String> known) {
        String place = lastPart(word);
        return known.filter(candidate -> distance(place, lastPart(candidate)) <= place.length() / 4)
                .min(Comparator.comparingInt((String candidate) -> distance(place, lastPart(candidate)))
                        .thenComparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }

    /** Levenshtein's: characters to insert, drop or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            int diagonal = i - 1;
            for (int j = 0; j <= to.length(); j++) {
                int above = row[j];
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                } else {
                    int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                    row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                }
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
