package io.dcssync.alert;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/** Why a file could not be written, in words made here: an exception's own text holds the path, a part of the URI. */
final class FileFailure {

    /** What the operating system says, and what that means here. */
    private static final Map<String, String> KNOWN = Map.of(
            "No space left on device", "there is no space left for the file",
            "Disk quota exceeded", "there is no space left for the file, the quota is used up",
            "File too large", "the file may not grow any further",
            "Is a directory", "a folder stands where the file should be",
            "Not a directory", "a file stands where a folder should be",
            "Read-only file system", "the file system is read-only",
            "File name too long", "the name of the file is too long");

    private FileFailure() {}

    static String words(IOException broken) {
        if (broken instanceof AccessDeniedException) {
            return "no right to write the file";
        }
        if (broken instanceof NoSuchFileException) {
            return "the file's folder is not there and could not be made";
        }
        String said = broken instanceof FileSystemException file ? file.getReason() : broken.getMessage();
        return Optional.ofNullable(said).map(KNOWN::get).orElse("the file could not be written");
    }
}
