package io.dcssync.ledger.embedded;

import io.dcssync.config.Secret;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database files: made once, by {@code initdb} in a folder beside their place that is renamed when all is done, so
 * that a cluster is either whole or not there. To be used only by the holder of the start lock.
 */
final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** The database and the role that owns it; the role is no superuser, but may create the readers' role. */
    static final String NAME = "dcs_sync";

    private static final String SUPERUSER = "postgres";

    private final DataFolder folder;
    private final PostgresPrograms programs;

    Cluster(DataFolder folder, PostgresPrograms programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** Makes the cluster if there is none, and its password; fails when the one that is there cannot be used. */
    void prepare(Deadline deadline) {
        deleteUnfinished();
        boolean passwordIsKnown = folder.read(folder.password()).isPresent();
        if (!passwordIsKnown) {
            folder.write(folder.password(), newPassword().reveal() + "\n");
        }
        Secret password = new Secret(folder.read(folder.password()).orElseThrow());
        if (Files.notExists(folder.cluster())) {
            make(deadline, password);
        } else {
            checkVersion();
            if (!passwordIsKnown) {
                execute(deadline, folder.cluster(), "alter role " + NAME + " password '" + password.reveal() + "'");
            }
        }
    }

    private void make(Deadline deadline, Secret password) {
        Path fresh =
                folder.path().resolve("cluster.new-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        var ended = programs.run(
                deadline,
                "",
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + SUPERUSER,
                "--encoding=UTF8",
                // letters as Unicode has them and the same order on every system, now and after its upgrades
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                // the superuser has no password and there is no socket: nobody logs in as such
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                "--no-instructions");
        if (ended.exitCode() != 0) {
            throw new EmbeddedDatabaseException(
                    "Cannot make the database files in " + folder.path() + ": initdb says: " + ended.output());
        }
        try {
            Files.writeString(
                    fresh.resolve("postgresql.conf"),
                    "\n# written anew at each start; what follows this line wins\ninclude '" + ServerSettings.FILE
                            + "'\n",
                    StandardOpenOption.APPEND);
            folder.write(fresh.resolve(ServerSettings.FILE), "");
            execute(
                    deadline,
                    fresh,
                    "create role " + NAME + " login createrole password '" + password.reveal() + "'",
                    "create database " + NAME + " owner " + NAME);
            folder.moveForGood(fresh, folder.cluster());
        } catch (IOException e) {
            throw DataFolder.broken("write", fresh, e);
        }
    }

    /** Runs statements as the superuser, without a server. */
    void execute(Deadline deadline, Path cluster, String... statements) {
        // no word of what it prints: it repeats the statement that failed, and with it the password
        var ended = programs.run(
                deadline,
                String.join("\n", statements) + "\n",
                "postgres",
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "exit_on_error=on",
                "-c",
                "log_min_error_statement=panic",
                "postgres");
        if (ended.exitCode() != 0) {
            throw new EmbeddedDatabaseException("Cannot set up the role " + NAME + " in " + cluster
                    + ": move the folder away to begin anew, or set database.url");
        }
    }

    private void checkVersion() {
        String version = folder.read(folder.cluster().resolve("PG_VERSION"))
                .orElseThrow(() -> new EmbeddedDatabaseException(folder.cluster()
                        + " has no database files (no PG_VERSION): move the folder away to begin anew, or bring back"
                        + " your copy of it"));
        if (!version.equals(PostgresBinaries.majorVersion())) {
            throw new EmbeddedDatabaseException("The database in " + folder.cluster() + " was made by PostgreSQL "
                    + version + ", this program brings " + PostgresBinaries.version()
                    + ": dump it with the program's version that made it and load the dump into a new one, or set"
                    + " database.url to a PostgreSQL " + version + " that serves the folder");
        }
    }

    private static Secret newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        // without characters that would need quoting in SQL or in a URL
        return new Secret(Base64.getUrlEncoder().encodeToString(random));
    }

    /** Removes what a killed process left behind; a part that its orphan still writes is left to the next start. */
    private void deleteUnfinished() {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder.path(), "{cluster.new-*,*.out}")) {
            for (Path each : unfinished) {
                DataFolder.delete(each);
            }
        } catch (IOException stillWritten) {
            LOG.debug("Remains of a start that was cut off stay in {} until the next", folder.path(), stillWritten);
        }
    }
}
