package io.dcssync.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** The script in Python that most would write first, a process of its own that stays between passes. */
final class Script implements Contender {

    private final Process process;
    private final PrintWriter tells;
    private final BufferedReader says;

    private Script(Process process) {
        this.process = process;
        this.tells = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it; empty where there is no Python with psycopg2, as Debian's {@code python3-psycopg2} brings it. */
    static Optional<Script> start(Path home, FastEndpoint endpoint, String project, int pageSize, Database database)
            throws Exception {
        if (new ProcessBuilder("/usr/bin/python3", "-c", "import psycopg2")
                        .start()
                        .waitFor()
                != 0) {
            return Optional.empty();
        }
        try (Connection connection = database.connect()) {
            PlainTable.make(connection);
        }
        List<String> command = List.of(
                "/usr/bin/python3",
                home.resolve("src/bench/python/script.py").toString(),
                endpoint.url() + "/v2/" + project + "/migration-tasks",
                String.valueOf(pageSize),
                String.join(",", PlainTable.COLUMNS),
                "host=%s port=%s user=%s dbname=%s"
                        .formatted(database.host(), database.port(), database.user(), database.name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return Optional.of(new Script(process));
    }

    @Override
    public String name() {
        return "Python, psycopg2";
    }

    @Override
    public double pass(Work work) throws IOException {
        tells.println(work == Work.FIRST ? "first" : "pass");
        String took = says.readLine();
        if (took == null) {
            throw new IllegalStateException("the script has ended");
        }
        return Double.parseDouble(took);
    }

    @Override
    public double cpu() {
        return Meter.cpu(process.pid());
    }

    @Override
    public long peakMemory() {
        return Meter.peakMemory(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
