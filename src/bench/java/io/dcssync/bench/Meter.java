package io.dcssync.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What processes of this machine have used, read from Linux's {@code /proc}. Thread-safe. */
final class Meter {

    private static final double TICKS = 100; // a second, on every Linux that Java runs on

    private Meter() {}

    /** Seconds of CPU that a process and the children it has buried have used; 0: it is gone. */
    static double cpu(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11])
                        + Long.parseLong(fields[12])
                        + Long.parseLong(fields[13])
                        + Long.parseLong(fields[14]))
                / TICKS;
    }

    /** Seconds of CPU that a process and all that it has started have used. */
    static double cpuWithChildren(long pid) {
        return cpu(pid)
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToDouble(child -> cpu(child.pid()))
                        .sum();
    }

    /** The most memory that a process has had, in MiB. */
    static long peakMemory(long pid) {
        return read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
