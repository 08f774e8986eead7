package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running program holds. Threads and files are counted where there is a folder {@code /proc}, elsewhere they are 0.
 *
 * @param liveBytes of the heap, after a full collection
 * @param sessions of the program in its database
 */
record Footprint(long liveBytes, long threads, long files, long sessions) {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final int MEGABYTE = 1_000_000;

    static Footprint of(Running program, TestDatabase database) {
        Path process = Path.of("/proc", Long.toString(program.pid()));
        return new Footprint(
                liveBytes(program.pid()), entries(process.resolve("task")), entries(process.resolve("fd")), (long)
                        database.one("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and application_name like 'dcs-sync%'"));
    }

    /** Fails where this is more than can be explained by the moment at which it was taken. */
    void isNotMuchMoreThan(Footprint earlier) {
        assertThat(liveBytes).as("live bytes").isLessThan(earlier.liveBytes * 5 / 4 + 5 * MEGABYTE);
        assertThat(threads).as("threads").isLessThan(earlier.threads + 20);
        assertThat(files).as("open files").isLessThan(earlier.files + 40);
        assertThat(sessions).as("database sessions").isLessThan(earlier.sessions + 5);
    }

    private static long liveBytes(long pid) {
        try {
            Process histogram = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(text);
            assertThat(total.find()).as(text).isTrue();
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f MB live, %d threads, %d files, %d database sessions",
                liveBytes / (double) MEGABYTE,
                threads,
                files,
                sessions);
    }
}
