package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one embedded server: the cluster and the small files around it. Private to its owner, and so is each
 * file in it. When root writes into the folder of somebody else, the files become the owner's.
 *
 * @param path absolute, without symbolic links
 */
record DataFolder(Path path) {

    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");

    /** Makes the folder if it is not there, private; fails when it cannot be used by this user. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            Path path = folder.toRealPath();
            if (!Files.getPosixFilePermissions(path).equals(PRIVATE_FOLDER)) {
                Files.setPosixFilePermissions(path, PRIVATE_FOLDER);
            }
            DataFolder opened = new DataFolder(path);
            // asking for the permission is not enough: only a file that was made proves a writable disk
            Files.deleteIfExists(Files.createTempFile(path, "writable", ".out"));
            opened.make(opened.startLock());
            opened.make(opened.attachedLock());
            return opened;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The data folder " + folder.toAbsolutePath() + " of the embedded PostgreSQL is not writable (" + e
                            + "): give it to the user who runs this program, or set database.url",
                    e);
        }
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    Path log() {
        return path.resolve("server.log");
    }

    Path startLock() {
        return path.resolve("start.lock");
    }

    Path attachedLock() {
        return path.resolve("attached.lock");
    }

    Path password() {
        return path.resolve("password");
    }

    /** The port of the last start, so that the next can have the same. */
    Path port() {
        return path.resolve("port");
    }

    /** Names the machine or container that started the server. */
    Path machine() {
        return path.resolve("started-on");
    }

    Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken("read", file, e);
        }
    }

    /** Writes a file as a whole, private and on the disk when this returns. */
    void write(Path file, String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            moveForGood(claim(fresh), file);
        } catch (IOException e) {
            throw broken("write", file, e);
        }
    }

    /** Renames within this folder so that not even a loss of power undoes it. */
    void moveForGood(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Makes an empty file; one that is there is not even opened, as closing it would end this process's locks on it. */
    private void make(Path file) throws IOException {
        try {
            claim(Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE_FILE)));
        } catch (FileAlreadyExistsException fine) {
            return;
        }
    }

    /** Gives a file that root made to the owner of the folder. */
    private Path claim(Path file) throws IOException {
        var owner = Files.getOwner(path);
        if (!Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
        }
        return file;
    }

    /** Deletes a folder and all in it; one that is not there is fine. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }

    static EmbeddedDatabaseException broken(String act, Path file, IOException e) {
        return new EmbeddedDatabaseException("Cannot " + act + " " + file + " of the embedded PostgreSQL: " + e, e);
    }
}
