package io.dcssync.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Passes over one source inside a running process. */
final class PassBench {
    public static void main(String[] args) throws Exception {
        String home = args[0];
        String url = args[1];
        int tasks = Integer.parseInt(args[2]);
        int pageSize = Integer.parseInt(args[3]);
        int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        try (FastEndpoint endpoint = new FastEndpoint()) {
            MadeUpTasks list = new MadeUpTasks("bench", tasks);
            endpoint.has("bench", list);
            try (Connection admin = DriverManager.getConnection(url.replaceAll("/[^/]*$", "/postgres"), "postgres", "");
                    Statement s = admin.createStatement()) {
                s.execute("drop database if exists bench_pass with (force)");
                s.execute("create database bench_pass");
            }
            String db = url.replaceAll("/[^/]*$", "/bench_pass");
            Path config = Files.createTempFile("bench", ".properties");
            Files.writeString(config, """
                    source.bench.endpoint=%s
                    source.bench.project-id=bench
                    source.bench.auth=none
                    source.bench.rate-limit=100000
                    source.bench.page-size=%d
                    source.bench.schedule=* * * * * ?
                    database.url=%s
                    database.user=postgres
                    http.port=0
                    http.management-port=0
                    """.formatted(endpoint.url(), pageSize, db));
            Process job = new ProcessBuilder(home + "/bin/dcs-sync", "run", "--config", config.toString())
                    .redirectErrorStream(true).redirectOutput(new java.io.File("/tmp/bench-run.log")).start();
            Runtime.getRuntime().addShutdownHook(new Thread(job::destroy));
            try (Connection c = connect(db)) {
                long postmaster = postmaster(c);
                long last = 0;
                last = pass("first", c, endpoint, job.pid(), postmaster, last);
                for (int i = 0; i < rounds; i++) {
                    last = pass("same", c, endpoint, job.pid(), postmaster, last);
                }
                for (int i = 0; i < rounds; i++) {
                    list.changeEvery(10, i);
                    last = pass("tenth", c, endpoint, job.pid(), postmaster, last);
                }
                for (int i = 0; i < rounds; i++) {
                    last = pass("same", c, endpoint, job.pid(), postmaster, last);
                }
            } finally {
                job.destroy();
                job.waitFor();
            }
        }
        System.exit(0);
    }

    private static Connection connect(String db) throws Exception {
        while (true) {
            try {
                Connection c = DriverManager.getConnection(db, "postgres", "");
                try (Statement s = c.createStatement()) {
                    s.executeQuery("select 1 from dcs.run where trigger = ''");
                    return c;
                } catch (SQLException e) {
                    c.close();
                }
            } catch (SQLException e) {
                // not there yet
            }
            Thread.sleep(100);
        }
    }

    private static long postmaster(Connection c) throws Exception {
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("select pg_backend_pid()")) {
            r.next();
            return ProcessHandle.of(r.getLong(1)).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L);
        }
    }

    private static long pass(String what, Connection c, FastEndpoint e, long job, long postmaster, long last) throws Exception {
        // the next one waits at the gate
        while (number(c, "select count(*) from dcs.run where outcome = 'running' and run_id > " + last) == 0) {
            Thread.sleep(20);
        }
        Thread.sleep(300);
        double cpuJob = Meter.cpu(job), cpuDb = Meter.cpuWithChildren(postmaster);
        long wal = number(c, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        double t0 = System.currentTimeMillis() / 1000.0;
        e.letGo(1);
        try (PreparedStatement p = c.prepareStatement(
                "select run_id, extract(epoch from finished_at)::float8, outcome, tasks_read, inserted, changed, pages from dcs.run where run_id > ? and finished_at is not null order by run_id limit 1")) {
            p.setLong(1, last);
            while (true) {
                try (ResultSet r = p.executeQuery()) {
                    if (r.next()) {
                        long walNow = number(c, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
                        System.out.printf(Locale.ROOT, "%-6s %7.3f s  job cpu %6.2f  db cpu %6.2f  wal %8.2f MB  rss %d MiB  %s read %d new %d changed %d pages %d%n", what,
                                r.getDouble(2) - t0, Meter.cpu(job) - cpuJob, Meter.cpuWithChildren(postmaster) - cpuDb,
                                (walNow - wal) / 1e6, Meter.peakMemory(job), r.getString(3), r.getInt(4), r.getInt(5), r.getInt(6), r.getInt(7));
                        return r.getLong(1);
                    }
                }
                Thread.sleep(20);
            }
        }
    }

    private static long number(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }
}
