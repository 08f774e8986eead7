package io.dcssync.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file as a whole: beside its place, which it takes when all is written. Until then, and where that fails, what
 * stood there stays. What is no file, a pipe for instance, is written to as it is.
 */
final class ReplacedFile {

    /** What is written. */
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private ReplacedFile() {}

    static void write(Path place, Content content) throws IOException {
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            writeInto(place, content, StandardOpenOption.WRITE);
            return;
        }
        Path file = Files.exists(place) ? place.toRealPath() : place;
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            writeInto(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeInto(Path file, Content content, StandardOpenOption... how) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, how)) {
            content.writeTo(out);
        }
    }
}
