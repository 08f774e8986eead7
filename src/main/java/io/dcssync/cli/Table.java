package io.dcssync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text in aligned columns on lines of 120 characters at most: where that is too little, columns that may be cut are, one
 * after the other. Immutable.
 */
final class Table {

    private static final int WIDTH = 120;
    private static final int GAP = 2;
    private static final int LEAST = 12;

    // what a terminal shows twice as wide: Chinese, Japanese and Korean, with their punctuation
    private static final Pattern WIDE =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\u3000-\\u303F\\uFF01-\\uFF60]");

    private final List<String> headers;
    private final List<Integer> cuttable;

    /** @param cuttable the headers of the columns that may be cut, to 12 characters, the first of them first */
    Table(List<String> headers, List<String> cuttable) {
        this.headers = headers;
        this.cuttable = cuttable.stream().map(headers::indexOf).toList();
    }

    /** Returns the headers' line and one for each row. */
    List<String> lines(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(headers));
        rows.forEach(row -> all.add(row.stream().map(Complaints::oneLine).toList()));
        List<Integer> widths = fitting(all);
        return all.stream()
                .map(row -> line(column -> padded(row.get(column), widths.get(column))))
                .toList();
    }

    private List<Integer> fitting(List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, headers.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .collect(Collectors.toCollection(ArrayList::new));
        int tooMuch = widths.stream().mapToInt(Integer::intValue).sum() + GAP * (headers.size() - 1) - WIDTH;
        for (int column : cuttable) {
            int cut = Math.max(0, Math.min(tooMuch, widths.get(column) - LEAST));
            widths.set(column, widths.get(column) - cut);
            tooMuch -= cut;
        }
        return widths;
    }

    private String line(IntFunction<String> cells) {
        return IntStream.range(0, headers.size())
                .mapToObj(cells)
                .collect(Collectors.joining(" ".repeat(GAP)))
                .stripTrailing();
    }

    private static String padded(String text, int width) {
        String cut = width(text) <= width ? text : beginning(text, width - 1) + "…";
        return cut + " ".repeat(width - width(cut));
    }

    private static String beginning(String text, int width) {
        int end = 0;
        int used = 0;
        while (used + width(text.codePointAt(end)) <= width) {
            used += width(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length())
                + (int) WIDE.matcher(text).results().count();
    }

    private static int width(int character) {
        return width(Character.toString(character));
    }
}
