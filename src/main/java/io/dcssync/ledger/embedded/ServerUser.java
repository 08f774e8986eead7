package io.dcssync.ledger.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. They refuse to run as root, so a root process, as in many containers, puts a
 * command in front: {@code setpriv} to become the user who owns the data folder; or {@code unshare} to be nobody in a
 * user namespace of its own, where the files stay root's; or, where containers forbid that, the data folder is given
 * to the user nobody.
 *
 * @param prefix what goes in front of each command; empty for an ordinary user
 */
record ServerUser(List<String> prefix) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    /** Finds a way that works for a data folder and the programs that are to use it. */
    static ServerUser of(DataFolder folder, Path programs) {
        if (new UnixSystem().getUid() != ROOT) {
            return new ServerUser(List.of());
        }
        int owner = owner(folder);
        if (owner != ROOT) {
            return become(owner).orFail(folder, programs);
        }
        ServerUser namespace = new ServerUser(List.of("unshare", "-U", "--"));
        if (namespace.works(folder, programs)) {
            return namespace;
        }
        give(folder, NOBODY);
        if (!become(NOBODY).works(folder, programs)) {
            give(folder, ROOT);
            throw rootIsRefused(folder);
        }
        return become(NOBODY);
    }

    private static ServerUser become(int uid) {
        return new ServerUser(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
    }

    private ServerUser orFail(DataFolder folder, Path programs) {
        if (!works(folder, programs)) {
            throw rootIsRefused(folder);
        }
        return this;
    }

    /** Tries it: the command exists and is allowed, the programs can be run and the folder written. */
    private boolean works(DataFolder folder, Path programs) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", "test -w \"$1\" && \"$2\" --version", "sh"));
        command.addAll(List.of(
                folder.path().toString(),
                programs.resolve("bin").resolve("postgres").toString()));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int owner(DataFolder folder) {
        try {
            return (int) Files.getAttribute(folder.path(), "unix:uid");
        } catch (IOException e) {
            throw DataFolder.broken("look at", folder.path(), e);
        }
    }

    private static void give(DataFolder folder, int uid) {
        try (Stream<Path> all = Files.walk(folder.path())) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setAttribute(each, "unix:uid", uid);
                Files.setAttribute(each, "unix:gid", uid);
            }
        } catch (IOException e) {
            throw DataFolder.broken("change the owner of", folder.path(), e);
        }
    }

    private static EmbeddedDatabaseException rootIsRefused(DataFolder folder) {
        return new EmbeddedDatabaseException("PostgreSQL refuses to run as root, and neither unshare nor setpriv could"
                + " run it as somebody else with its data in " + folder.path() + ": start this program as an ordinary"
                + " user who owns that folder and may enter the folders above it, or set database.url");
    }
}
