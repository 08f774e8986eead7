package io.dcssync.ledger.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static final String ROOT_IS_REFUSED =
            "PostgreSQL refuses to run as root, and neither unshare nor setpriv could run it as somebody else with its"
                    + " data in %s: start this program as an ordinary user who owns that folder and may enter the"
                    + " folders above it, or set database.url";
    private static final String NAMELESS =
            "PostgreSQL wants a user with a name, and this one is only a number; its data would be in %s: add the user"
                    + " to /etc/passwd, start this program as another one, or set database.url";

    /** Finds a way that works for a data folder and the programs that are to use it. */
    static ServerUser of(DataFolder folder, Path programs) {
        ServerUser namespace = new ServerUser(List.of("unshare", "-U", "--"));
        if (!say("id", "-u").equals(Optional.of("0"))) {
            // initdb wants to know the user's name; containers may run as a number that has none
            if (say("id", "-un").isPresent()) {
                return new ServerUser(List.of());
            }
            return namespace.orFail(folder, programs, NAMELESS);
        }
        int owner = owner(folder);
        if (owner != ROOT) {
            return become(owner).orFail(folder, programs, ROOT_IS_REFUSED);
        }
        if (namespace.works(folder, programs)) {
            return namespace;
        }
        give(folder, NOBODY);
        if (!become(NOBODY).works(folder, programs)) {
            give(folder, ROOT);
        }
        return become(NOBODY).orFail(folder, programs, ROOT_IS_REFUSED);
    }

    private static ServerUser become(int uid) {
        return new ServerUser(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
    }

    private ServerUser orFail(DataFolder folder, Path programs, String message) {
        if (!works(folder, programs)) {
            throw new EmbeddedDatabaseException(message.formatted(folder.path()));
        }
        return this;
    }

    /** Tries it: the command exists and is allowed, the programs can be run and the folder written. */
    private boolean works(DataFolder folder, Path programs) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", "test -w \"$1\" && \"$2\" --version", "sh"));
        command.add(folder.path().toString());
        command.add(programs.resolve("bin").resolve("postgres").toString());
        return say(command.toArray(String[]::new)).isPresent();
    }

    /** Returns what a command says; empty when it fails or is not there. */
    private static Optional<String> say(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
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
}
