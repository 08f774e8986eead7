package io.dcssync.ledger.embedded;

import io.dcssync.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A PostgreSQL server that this program brings along, for those who have none: a real one that loses nothing when the
 * power fails, reached through TCP on 127.0.0.1, with its data in one folder. All processes that use a folder share its
 * server: the first starts it, the last to leave stops it.
 *
 * <p>The user it hands out owns the database and may create roles, and is no superuser. Safe for use by several
 * threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(30);

    private final Attachment attachment;
    private final Server server;
    private final String jdbcUrl;
    private final Secret password;
    private final Path passwordFile;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(Attachment attachment, Server server, String jdbcUrl, Secret password, Path passwordFile) {
        this.attachment = attachment;
        this.server = server;
        this.jdbcUrl = jdbcUrl;
        this.password = password;
        this.passwordFile = passwordFile;
    }

    /**
     * Attaches to the server of a folder, with PostgreSQL's programs unpacked beside the folder.
     *
     * @see #attach(Path, Path, Duration)
     */
    public static EmbeddedDatabase attach(Path dataFolder, Duration patience) {
        Path beside = dataFolder.toAbsolutePath().normalize().getParent();
        return attach(dataFolder, beside, patience);
    }

    /**
     * Attaches to the server of a folder, and makes what is missing: the folder, the database files, the running
     * server. The first time takes seconds, a start after it less than one.
     *
     * @param dataFolder where the data is, for good; it becomes private to its owner
     * @param programs where PostgreSQL's programs are unpacked to, once; may be shared by many data folders
     * @param patience how long to wait for a server that starts or recovers, and for other processes' starts and stops
     * @throws EmbeddedDatabaseException when there is no such server here; its message says what to do
     */
    public static EmbeddedDatabase attach(Path dataFolder, Path programs, Duration patience) {
        refuseWhatAShellWouldChange(dataFolder);
        refuseWhatAShellWouldChange(programs);
        PostgresBinaries binaries = new PostgresBinaries(Platform.current(), programs.toAbsolutePath());
        DataFolder folder = DataFolder.open(dataFolder);
        Attachment attachment = Attachment.to(folder);
        Server server = new Server(folder, binaries);
        Postmaster postmaster = attachment.enter(server, patience);
        Secret password = new Secret(folder.read(folder.password()).orElse(""));
        String url = "jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/" + Cluster.NAME
                + "?sslmode=disable&gssEncMode=disable&ApplicationName=dcs-sync";
        EmbeddedDatabase database = new EmbeddedDatabase(attachment, server, url, password, folder.password());
        try {
            database.logIn(folder);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Looks whether the data of a server is there, and makes nothing.
     *
     * @param dataFolder as for {@link #attach(Path, Path, Duration)}
     * @param programs as there
     * @throws EmbeddedDatabaseException when there can be no such server here; its message says what to do
     */
    public static boolean isMade(Path dataFolder, Path programs) {
        refuseWhatAShellWouldChange(dataFolder);
        refuseWhatAShellWouldChange(programs);
        PostgresBinaries.archive(Platform.current());
        boolean made = Files.exists(new DataFolder(dataFolder).cluster());
        Path there = dataFolder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!made && !Files.isWritable(there)) {
            throw new EmbeddedDatabaseException(
                    "The data folder %s of the embedded PostgreSQL cannot be made, as %s is not writable: give it to the user who runs this program, or set database.url"
                            .formatted(dataFolder.toAbsolutePath(), there));
        }
        return made;
    }

    /** Returns the URL, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    public String user() {
        return Cluster.NAME;
    }

    public Secret password() {
        return password;
    }

    /** Returns the file that holds the password, which its owner alone can read. */
    public Path passwordFile() {
        return passwordFile;
    }

    /**
     * Leaves the server; if no other process uses it, stops it and returns when it is down. Connections are to be
     * closed before. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            attachment.leave(server, LEAVING_PATIENCE);
        }
    }

    /** PostgreSQL's {@code pg_ctl} starts the server through a shell and quotes paths for it, but not these. */
    private static void refuseWhatAShellWouldChange(Path path) {
        String whole = path.toAbsolutePath().toString();
        if (whole.chars().anyMatch(character -> "$`\"\\".indexOf(character) >= 0)) {
            throw new EmbeddedDatabaseException("The path " + whole + " has one of the characters $ ` \" \\, with which"
                    + " the embedded PostgreSQL cannot be started: use another folder, or set database.url");
        }
    }

    private void logIn(DataFolder folder) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user(), password.reveal())) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded PostgreSQL in " + folder.path() + " refuses the login with the password in "
                            + folder.password() + ": " + e.getMessage(),
                    e);
        }
    }
}
