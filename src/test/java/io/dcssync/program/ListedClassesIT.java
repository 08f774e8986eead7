package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of classes of which the launcher has an archive made. It is written anew, from what is loaded here, by {@code
 * mvn verify -Dit.test=ListedClassesIT -Dclasses.write}.
 */
class ListedClassesIT {

    private static final Path LIST = Path.of("src/main/cds/dcs-sync.classes");
    // made by Java while it runs, under names that mean something else the next time
    private static final Predicate<String> MADE_UP = Pattern.compile(
                    "^#|Generated(Constructor|Method|Serialization)|\\$Proxy\\d")
            .asPredicate();

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private InstalledProgram program;

    @BeforeEach
    void install() {
        dcs.has(task("a").failed("x"));
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("alert.ops.uri", "https://localhost:1/")
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @Test
    void it_names_nearly_all_that_is_loaded() throws IOException {
        Set<String> loaded = new TreeSet<>();
        for (String command : List.of("sync", "report", "doctor")) {
            listing(command).ended();
            loaded.addAll(listed(folder.resolve(command)));
        }
        Running run = listing("run");
        await().until(() -> run.err().contains("running:"));
        run.terminate().ended();
        loaded.addAll(listed(folder.resolve("run")));

        if (System.getProperty("classes.write") != null) {
            Files.write(LIST, loaded);
        }
        Set<String> missing = new TreeSet<>(loaded);
        missing.removeAll(listed(LIST));
        assertThat(missing).hasSizeLessThan(loaded.size() / 20);
    }

    private Running listing(String command) {
        return program.startShell(
                "JAVA_OPTS=\"$JAVA_OPTS -XX:DumpLoadedClassList=%1$s\" exec $PROGRAM %1$s --config $CONFIG"
                        .formatted(command));
    }

    private static List<String> listed(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(MADE_UP.negate()).toList();
        }
    }
}
