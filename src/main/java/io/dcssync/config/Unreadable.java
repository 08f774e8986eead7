package io.dcssync.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file that the configuration names was not read. */
final class Unreadable {

    private Unreadable() {}

    static String why(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file"
                    + (file.isAbsolute() ? "" : "; it was looked for at " + file.toAbsolutePath());
        }
        if (e instanceof CharacterCodingException) {
            return "it must be a text file in UTF-8";
        }
        if (e instanceof AccessDeniedException) {
            return "the user of this process may not read it";
        }
        return Files.isDirectory(file) ? "it is a folder, not a file" : "it cannot be read";
    }
}
