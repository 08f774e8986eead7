package io.dcssync.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file as a whole: beside its place, which it takes when all is written. Until then, and where that fails, what
 * stood there stays; who may read it stays too. What is no file, a pipe for instance, is written to as it is, and so is a file
 * beside which nothing may be put.
 */
final class ReplacedFile {

    /** What is written. */
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private ReplacedFile() {}

    static void write(Path place, Content content) throws IOException {
        Path file = Files.exists(place) && Files.isRegularFile(place) ? place.toRealPath() : place.toAbsolutePath();
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file.getParent()))) {
            writeInto(file, content);
            return;
        }
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        Files.createFile(beside);
        try {
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
            }
            writeInto(beside, content);
            takePlace(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void takePlace(Path beside, Path file) throws IOException {
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // a file that is mounted by itself, as into a container, keeps its place
            try (OutputStream out = Files.newOutputStream(file)) {
                Files.copy(beside, out);
            }
        }
    }

    private static void writeInto(Path file, Content content) throws IOException {
        try (BufferedWriter out =
                Files.newBufferedWriter(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            content.writeTo(out);
        }
    }
}
