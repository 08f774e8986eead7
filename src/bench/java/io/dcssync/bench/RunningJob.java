package io.dcssync.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The program as its users run it, a process of its own: {@code bin/dcs-sync run} with a configuration. */
final class RunningJob implements AutoCloseable {

    private final Process process;

    private RunningJob(Process process) {
        this.process = process;
    }

    static RunningJob start(Path home, Path folder, String configuration) throws IOException {
        Path file = folder.resolve("bench.properties");
        Files.writeString(file, configuration);
        File log = folder.resolve("job.log").toFile();
        Process process = new ProcessBuilder(home + "/bin/dcs-sync", "run", "--config", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new RunningJob(process);
    }

    /** Configuration of a job whose ledger that is; it opens its ports where there is place. */
    static String database(Database database) {
        return """
                database.url=%s
                database.user=%s
                database.password-file=%s
                http.port=0
                http.management-port=0
                sync.max-duration=12h
                """.formatted(database.url(), database.user(), database.passwordFile());
    }

    /** Configuration of a source of the name of its project, asked as fast as it answers. */
    static String source(String name, FastEndpoint endpoint, int pageSize, String schedule) {
        return """
                source.%1$s.endpoint=%2$s
                source.%1$s.project-id=%1$s
                source.%1$s.auth=none
                source.%1$s.rate-limit=100000
                source.%1$s.request-timeout=12h
                source.%1$s.page-size=%3$d
                source.%1$s.schedule=%4$s
                """.formatted(name, endpoint.url(), pageSize, schedule);
    }

    long pid() {
        return process.pid();
    }

    void mustLive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the job has ended; job.log beside the database says why");
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
