package io.dcssync.ledger.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per installation from the archive on the class path. A folder of programs is
 * either whole or not there: it is unpacked beside its place and renamed, and a size that does not fit (files that a
 * loss of power left empty) has it unpacked anew. Safe for use by several threads and processes.
 */
final class PostgresBinaries {

    /** Inside the folder: how many bytes it holds without this file. */
    private static final String SIZE = "unpacked-bytes";

    private final URL archive;
    private final Path home;

    /** Names the programs for a platform under a folder; fails when this program brings none for that platform. */
    PostgresBinaries(Platform platform, Path under) {
        this.archive = archive(platform);
        this.home = under.resolve("postgres-" + version() + "-" + platform);
    }

    /** Finds the programs for a platform; fails when this program brings none for it. */
    static URL archive(Platform platform) {
        URL archive = PostgresBinaries.class.getResource("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw new EmbeddedDatabaseException("There is no embedded PostgreSQL for " + platform
                    + ": set database.url to a PostgreSQL server of your own");
        }
        return archive;
    }

    /** Returns the version of the programs, like {@code 17.5.0}. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("version.properties cannot be read", e);
        }
        return properties.getProperty("postgresql");
    }

    static String majorVersion() {
        return version().split("\\.", 2)[0];
    }

    /** Returns the folder whose {@code bin} has the programs, after unpacking them if need be. */
    Path unpacked(Deadline deadline) {
        synchronized (PostgresBinaries.class) {
            try {
                if (isWhole()) {
                    return home;
                }
                Files.createDirectories(home.getParent());
                Path lock = home.resolveSibling(home.getFileName() + ".lock");
                return ProcessLock.holding(
                        lock,
                        deadline,
                        "Another process takes too long to unpack PostgreSQL into " + home + ": end it and try again",
                        this::unpackUnlessWhole);
            } catch (IOException e) {
                throw notUnpacked(e);
            }
        }
    }

    private Path unpackUnlessWhole() {
        try {
            if (!isWhole()) {
                Path fresh = home.resolveSibling(home.getFileName() + ".new");
                DataFolder.delete(fresh);
                DataFolder.delete(home);
                unpackInto(fresh);
                Files.writeString(fresh.resolve(SIZE), Long.toString(size(fresh)));
                Files.move(fresh, home);
            }
            return home;
        } catch (IOException e) {
            throw notUnpacked(e);
        }
    }

    private boolean isWhole() throws IOException {
        try {
            Path noted = home.resolve(SIZE);
            String expected = Files.readString(noted);
            return expected.equals(Long.toString(size(home) - Files.size(noted)));
        } catch (NoSuchFileException notUnpackedYet) {
            return false;
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void unpackInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream in = archive.openStream();
                var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            Set<PosixFilePermission> permissions = EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.OTHERS_READ);
            if ((entry.getMode() & 0100) != 0) {
                permissions.add(PosixFilePermission.OWNER_EXECUTE);
                permissions.add(PosixFilePermission.GROUP_EXECUTE);
                permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            }
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    private EmbeddedDatabaseException notUnpacked(IOException e) {
        return new EmbeddedDatabaseException(
                "Cannot unpack PostgreSQL into " + home + " (" + e
                        + "): make the folder writable and see that the disk has 100 MB left, or set database.url",
                e);
    }
}
