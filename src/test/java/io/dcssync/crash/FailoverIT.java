package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.ledger.embedded.OwnServer;
import io.dcssync.program.Ended;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that is written dies for good, and the one that repeated it takes its place. */
class FailoverIT {

    @Test
    void a_standby_that_is_promoted_is_found_and_lacks_nothing(@TempDir Path folder) {
        try (OwnServer primary = OwnServer.in(folder.resolve("primary")).start();
                OwnServer standby = primary.standby(folder.resolve("standby"))) {
            TestDatabase[] written = {primary.start().database()};
            TestDatabase repeated = standby.start().database();
            try (World world = new World(17, () -> written[0]);
                    InstalledProgram program = world.configure(InstalledProgram.in(folder.resolve("program"))
                                    .on(written[0]))
                            .with("database.url", either(written[0], repeated))) {
                Running running = program.start("run");
                await().until(() -> running.err().contains("running: "));
                world.goesOn();

                primary.kill();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> running.err().contains("the database gives no connection"));
                standby.promote();
                written[0] = repeated;
                world.goesOn();

                world.comesToRest();
                Ended ended = running.terminate().ended(30);
                assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
                world.audit().isRight();
            }
        }
    }

    /** As people write it who have a server to fall back on. */
    private static String either(TestDatabase one, TestDatabase other) {
        String host = other.jdbcUrl().replaceFirst("jdbc:postgresql://([^/]*)/.*", "$1");
        return one.jdbcUrl().replaceFirst("(jdbc:postgresql://[^/]*)/", "$1," + host + "/")
                + "&targetServerType=primary";
    }
}
