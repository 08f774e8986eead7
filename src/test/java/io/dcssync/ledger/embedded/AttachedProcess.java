package io.dcssync.ledger.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/** Another JVM that attaches to a data folder and stays until it is told to leave, or is killed. */
final class AttachedProcess implements AutoCloseable {

    private static final String ATTACHED = "attached to ";

    private final Process process;
    private final String jdbcUrl;

    private AttachedProcess(Process process, String jdbcUrl) {
        this.process = process;
        this.jdbcUrl = jdbcUrl;
    }

    /** What the other JVM runs; its standard input ends when it is to leave. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedDatabase database =
                EmbeddedDatabase.attach(Path.of(arguments[0]), Path.of(arguments[1]), Duration.ofSeconds(30))) {
            System.out.println(ATTACHED + database.jdbcUrl());
            InputStream untilItEnds = System.in;
            untilItEnds.transferTo(System.out);
        }
    }

    static AttachedProcess to(Path data, Path programs) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AttachedProcess.class.getName(),
                        data.toString(),
                        programs.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ATTACHED)) {
                return new AttachedProcess(process, line.substring(ATTACHED.length()));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("did not attach: " + said);
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    /** Lets it leave; returns when its output has ended, which nothing that it started may keep open. */
    void leave() throws IOException {
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        process.onExit().join();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
