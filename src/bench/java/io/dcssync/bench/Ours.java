package io.dcssync.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The program itself. The first load is that of a source it has never read, inside the running process. */
final class Ours implements Contender {

    private final FastEndpoint endpoint;
    private final RunningJob job;
    private final Connection connection;
    private int source;

    /** @param sources projects {@code bench-1}, {@code bench-2} … that the endpoint has; each is loaded once */
    Ours(Path home, Path folder, Database database, FastEndpoint endpoint, int pageSize, int sources) throws Exception {
        this.endpoint = endpoint;
        StringBuilder configuration =
                new StringBuilder(RunningJob.database(database) + "sync.parallelism=" + (sources + 2) + "\n");
        for (int n = 1; n <= sources; n++) {
            endpoint.holdBack("bench-" + n);
            configuration.append(RunningJob.source("bench-" + n, endpoint, pageSize, "* * * * * ?"));
        }
        job = RunningJob.start(home, folder, configuration.toString());
        connection = database.connect();
    }

    @Override
    public String name() {
        return "dcs-sync";
    }

    @Override
    public void prepare(Work work) throws Exception {
        if (work == Work.FIRST) {
            source++;
        }
        Waiting.until(() -> {
            job.mustLive();
            return endpoint.waiting("bench-" + source) == 1;
        });
    }

    @Override
    public double pass(Work work) throws Exception {
        double from = System.currentTimeMillis() / 1000.0;
        long run = Database.number(
                connection,
                Database.UNCOUNTED + "select run_id from dcs.run where source = 'bench-" + source
                        + "' and outcome = 'running'");
        endpoint.letGo("bench-" + source);
        try (PreparedStatement ended = connection.prepareStatement(
                Database.UNCOUNTED
                        + "select extract(epoch from finished_at)::float8, outcome, error_message from dcs.run where run_id = ? and finished_at is not null")) {
            ended.setLong(1, run);
            double[] at = new double[1];
            Waiting.until(() -> {
                job.mustLive();
                return hasEnded(ended, at);
            });
            return at[0] - from;
        }
    }

    private static boolean hasEnded(PreparedStatement ended, double[] at) throws SQLException {
        try (ResultSet row = ended.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            if (!row.getString(2).equals("complete")) {
                throw new IllegalStateException("the pass is " + row.getString(2) + ": " + row.getString(3));
            }
            at[0] = row.getDouble(1);
            return true;
        }
    }

    @Override
    public double cpu() {
        return Meter.cpu(job.pid());
    }

    @Override
    public long peakMemory() {
        return Meter.peakMemory(job.pid());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        job.close();
    }
}
