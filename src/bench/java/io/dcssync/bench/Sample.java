package io.dcssync.bench;

import java.util.List;
import java.util.Locale;

/** The same thing measured several times. */
record Sample(List<Double> values) {

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** The median, with the least and the most behind it. */
    String text(String unit) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return String.format(Locale.ROOT, "%.3g%s (%.3g–%.3g)", median(), unit, least, most);
    }
}
