package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in an installation of its own, with scripts in the place of Java and Maven that tell how they are called. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path root;
    private Path tools;

    @BeforeEach
    void install() throws Exception {
        root = Files.createDirectory(folder.resolve("a root"));
        tools = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("src/main"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("bin/dcs-sync"), root.resolve("bin/dcs-sync"));
        tool("java", "echo \"java $*\"");
        tool("javac", "echo javac 17.0.1");
        tool("mvn", "echo mvn >>calls; mkdir -p target/lib; touch target/dcs-sync.jar; exit ${MVN_EXIT:-0}");
    }

    @Test
    void the_first_start_builds_and_the_next_does_not() throws Exception {
        assertThat(start(root.resolve("bin/dcs-sync"), "sync"))
                .contains("building dcs-sync")
                .contains("java ");
        assertThat(start(root.resolve("bin/dcs-sync"), "sync"))
                .doesNotContain("building")
                .endsWith("DcsSync sync\n");
        assertThat(root.resolve("calls")).hasContent("mvn");
    }

    @Test
    void it_builds_again_when_a_source_is_newer() throws Exception {
        start(root.resolve("bin/dcs-sync"), "sync");
        Files.writeString(root.resolve("src/main/new"), "");

        assertThat(start(root.resolve("bin/dcs-sync"), "sync")).contains("building dcs-sync");
    }

    @Test
    void an_unpacked_package_is_never_built() throws Exception {
        Files.createDirectories(root.resolve("lib"));
        Files.writeString(root.resolve("lib/dcs-sync.jar"), "");

        assertThat(start(root.resolve("bin/dcs-sync"), "sync"))
                .doesNotContain("building")
                .contains("-cp %1$s/lib/*:%1$s/lib/ext/* io.dcssync".formatted(root.toRealPath()));
    }

    @Test
    void it_finds_its_installation_through_links() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a root/bin/dcs-sync"));
        Path linkToLink = Files.createSymbolicLink(tools.resolve("dcs-sync"), link);

        assertThat(start(linkToLink, "help"))
                .contains("-Ddcs-sync.home=" + root.toRealPath())
                .contains("-cp %1$s/target/dcs-sync.jar:%1$s/lib/ext/* io.dcssync".formatted(root.toRealPath()));
    }

    @Test
    void a_failed_build_is_a_usage_error_that_shows_its_output_and_leaves_no_jar() throws Exception {
        tool("mvn", "mkdir -p target/lib; touch target/dcs-sync.jar; echo what went wrong; exit 1");

        assertThat(start(2, root.resolve("bin/dcs-sync"), Map.of(), "sync")).contains("what went wrong");
        assertThat(root.resolve("target/dcs-sync.jar")).doesNotExist();
    }

    @Test
    void a_jdk_that_is_too_old_is_told() throws Exception {
        tool("javac", "echo javac 11.0.2");

        assertThat(start(2, root.resolve("bin/dcs-sync"), Map.of(), "sync")).contains("JDK 17 or newer");
    }

    @Test
    void java_opts_are_words_and_win() throws Exception {
        Map<String, String> options = Map.of("JAVA_OPTS", "-Xmx1g -XX:+UseG1GC -Dx=*");

        assertThat(start(0, root.resolve("bin/dcs-sync"), options, "a b", "*"))
                .contains(" -Xmx1g -XX:+UseG1GC -Dx=* ")
                .doesNotContain("UseSerialGC")
                .endsWith("DcsSync a b *\n");
    }

    @Test
    void the_first_start_lists_its_classes_the_second_has_an_archive_made_of_them_and_the_third_uses_it()
            throws Exception {
        javaSharesClasses();

        assertThat(sync()).contains(" -XX:DumpLoadedClassList=" + target() + "/dcs-sync-");
        assertThat(sync()).doesNotContain("DumpLoadedClassList", "SharedArchiveFile", "Xshare");
        Path archive = made();
        assertThat(sync()).contains("-XX:SharedArchiveFile=" + archive.toRealPath());
        assertThat(root.resolve("dumps")).hasContent("dump");
    }

    @Test
    void a_start_of_another_kind_lists_its_classes_too_and_the_archive_is_made_anew_of_all() throws Exception {
        javaSharesClasses();
        sync();
        sync();
        Path archive = made();
        loads("org/apache/camel/CamelContext id: 7\nio/vertx/core/Vertx id: 8");

        assertThat(start(root.resolve("bin/dcs-sync"), "run"))
                .contains("-XX:SharedArchiveFile=" + archive.toRealPath(), " -XX:DumpLoadedClassList=");
        assertThat(sync()).contains("-XX:SharedArchiveFile=" + archive.toRealPath());

        Awaitility.await().untilAsserted(() -> assertThat(archive)
                .hasContent("org/apache/camel/CamelContext\nio/vertx/core/Vertx"));
        assertThat(start(root.resolve("bin/dcs-sync"), "run")).doesNotContain("DumpLoadedClassList");
    }

    @Test
    void an_archive_is_made_anew_for_another_build_and_for_another_java() throws Exception {
        javaSharesClasses();
        sync();
        sync();
        Path archive = made();
        Path list = only(".classes");

        Files.writeString(root.resolve("target/dcs-sync.jar"), "another build");
        assertThat(sync()).contains("DumpLoadedClassList").doesNotContain("SharedArchiveFile");
        sync();
        Awaitility.await().until(() -> !Files.exists(archive) && !Files.exists(list));
        Path second = made();

        Files.writeString(tools.resolveSibling("release"), "JAVA_VERSION=21");
        assertThat(sync()).contains("DumpLoadedClassList").doesNotContain("SharedArchiveFile");
        sync();
        Awaitility.await().until(() -> files(".jsa").size() == 2);
        assertThat(files(".jsa")).contains(second);
    }

    @Test
    void an_archive_that_cannot_be_made_is_tried_again_later_from_another_list_and_nobody_is_told() throws Exception {
        javaSharesClasses();
        sync();
        Path list = only(".classes");
        tool("java", "case \"$*\" in *Xshare:dump*) echo what went wrong; exit 1;; esac; echo \"java $*\"");
        assertThat(sync()).startsWith("java ").doesNotContain("what went wrong");
        Awaitility.await().until(() -> !Files.exists(list));

        javaSharesClasses();
        assertThat(sync()).contains("DumpLoadedClassList");
        sync();
        assertThat(root.resolve("dumps")).doesNotExist();
        tenMinutesPass(only(".jsa.new"));
        sync();
        made();
    }

    @Test
    void a_list_that_came_to_nothing_makes_no_archive_and_is_tried_again_later() throws Exception {
        javaSharesClasses();
        loads("java/lang/Object");
        sync();
        loads("org/apache/camel/CamelContext");

        assertThat(sync()).doesNotContain("DumpLoadedClassList");
        assertThat(files(".new")).isEmpty();
        tenMinutesPass(only(".classes"));
        assertThat(sync()).contains("DumpLoadedClassList");
    }

    @Test
    void of_starts_at_once_only_one_writes_the_list() throws Exception {
        javaSharesClasses();

        List<CompletableFuture<String>> starts = Stream.generate(() -> CompletableFuture.supplyAsync(this::sync))
                .limit(4)
                .toList();

        assertThat(starts.stream().map(CompletableFuture::join))
                .filteredOn(said -> said.contains("DumpLoadedClassList"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "--version", "help"})
    void what_does_little_lists_nothing(String command) throws Exception {
        javaSharesClasses();

        assertThat(start(root.resolve("bin/dcs-sync"), command)).doesNotContain("DumpLoadedClassList");
    }

    @Test
    void a_java_that_has_no_archive_of_its_own_is_asked_for_none() throws Exception {
        javaSharesClasses();
        Files.delete(tools.resolveSibling("lib/server/classes.jsa"));

        assertThat(sync()).doesNotContain("DumpLoadedClassList");
    }

    @Test
    void what_ends_soon_is_compiled_once_and_what_stays_twice() throws Exception {
        assertThat(start(root.resolve("bin/dcs-sync"), "sync")).contains("-XX:TieredStopAtLevel=1 ");
        assertThat(start(root.resolve("bin/dcs-sync"), "run"))
                .contains("-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.01 ")
                .doesNotContain("TieredStopAtLevel");
    }

    /** As after a build by a Java that can share classes; its stand-in writes lists and archives too. */
    private void javaSharesClasses() throws Exception {
        Files.createDirectories(root.resolve("target/lib"));
        Files.writeString(root.resolve("target/dcs-sync.jar"), "");
        Files.createDirectories(tools.resolve("../lib/server"));
        Files.writeString(tools.resolve("../lib/server/classes.jsa"), "");
        Files.writeString(tools.resolveSibling("release"), "JAVA_VERSION=17");
        loads("org/apache/camel/CamelContext");
    }

    private void loads(String type) throws Exception {
        tool("java", """
                for word; do
                  case $word in
                    -XX:DumpLoadedClassList=*) printf '%s\n' >"${word#*=}" ;;
                    -XX:SharedClassListFile=*) list=${word#*=}; echo dump >>'%s' ;;
                    -XX:SharedArchiveFile=*.new) cat "$list" >"${word#*=}" ;;
                  esac
                done
                echo "java $*\"""".formatted(type, root.resolve("dumps")));
    }

    private String sync() {
        try {
            return start(root.resolve("bin/dcs-sync"), "sync");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String target() throws Exception {
        return root.resolve("target").toRealPath().toString();
    }

    private Path made() throws Exception {
        Awaitility.await().until(() -> files(".jsa").size() == 1);
        return only(".jsa");
    }

    private Path only(String ending) throws Exception {
        assertThat(files(ending)).hasSize(1);
        return files(ending).get(0);
    }

    private List<Path> files(String ending) throws Exception {
        try (Stream<Path> files = Files.list(root.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void tenMinutesPass(Path file) throws Exception {
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(file).toInstant().minus(Duration.ofMinutes(11))));
    }

    private void tool(String name, String script) throws Exception {
        Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private String start(Path launcher, String... args) throws Exception {
        return start(0, launcher, Map.of(), args);
    }

    private String start(int exitCode, Path launcher, Map<String, String> environment, String... args)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", launcher.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.command().addAll(List.of(args));
        builder.environment().put("JAVA_HOME", tools.getParent().toString());
        builder.environment().merge("PATH", tools.toString(), (old, first) -> first + ":" + old);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
        return output;
    }
}
