package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedComponentIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @Test
    void a_component_that_was_put_into_lib_ext_sends_alerts() throws Exception {
        putIntoLibExt(TinyComponent.class, "tiny");
        dcs.has(task("a").failed("x"));
        try (InstalledProgram program =
                InstalledProgram.in(folder).on(database).reads("prod", dcs).with("alert.ops.uri", "tiny:sent.txt")) {
            program.with("alert.ops.format", "text").with("alert.ops.first-sync", "each");

            Ended sync = program.run("sync");

            assertThat(sync.out()).as(sync.err()).contains("alerts sent 1, pending 0");
        }
        assertThat(Files.readString(folder.resolve("sent.txt")))
                .startsWith(database.one("select event_id::text from report.alert") + "\nFAILED ");
    }

    private void putIntoLibExt(Class<?> component, String scheme) throws IOException {
        Path jar = Files.createDirectories(folder.resolve("lib/ext")).resolve("camel-" + scheme + ".jar");
        String code = component.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = component.getClassLoader().getResourceAsStream(code)) {
            out.putNextEntry(new ZipEntry(code));
            in.transferTo(out);
            out.putNextEntry(new ZipEntry("META-INF/services/org/apache/camel/component/" + scheme));
            out.write(("class=" + component.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
