package io.dcssync.bench;

import io.dcssync.bench.Contender.Work;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a pass costs inside a running process, beside the floor and what a user would write. */
@Command(name = "pass", description = "What a pass costs, beside the floor and beside scripts")
final class PassBench implements Callable<Integer> {

    @Mixin
    private Place place;

    @Option(names = "--tasks", split = ",", defaultValue = "1000,10000,100000", description = "tasks in the list")
    private List<Integer> tasks;

    @Option(names = "--page-size", split = ",", defaultValue = "1000", description = "rows of a page")
    private List<Integer> pageSizes;

    @Option(names = "--rounds", defaultValue = "5", description = "how often each is measured")
    private int rounds;

    /** What one contender needed for one kind of work. */
    private record Cost(Sample seconds, double cpu, double databaseCpu, double wal, long statements) {}

    @Override
    public Integer call() throws Exception {
        try (Database server = Database.start(place.folder().resolve("postgres"))) {
            for (int size : tasks) {
                for (int pageSize : pageSizes) {
                    compare(server, size, pageSize);
                }
            }
        }
        return 0;
    }

    private void compare(Database server, int size, int pageSize) throws Exception {
        System.out.printf(
                Locale.ROOT, "%n%,d tasks, pages of %,d, medians of %d (least–most)%n", size, pageSize, rounds);
        try (FastEndpoint endpoint = new FastEndpoint();
                Pages pages = new Pages(endpoint, "bench-1", size, pageSize)) {
            List<MadeUpTasks> lists = new ArrayList<>();
            for (int n = 1; n <= rounds; n++) {
                lists.add(new MadeUpTasks("bench-" + n, size));
                endpoint.has("bench-" + n, lists.get(n - 1));
            }
            Map<Work, Map<String, Cost>> costs = new EnumMap<>(Work.class);
            for (Floor.Depth depth : Floor.Depth.values()) {
                try (Contender floor = new Floor(depth, pages, server.fresh("bench_floor"))) {
                    measure(floor, server, lists.get(0), costs);
                }
            }
            try (Contender batch = new JdbcBatch(pages, server.fresh("bench_batch"))) {
                measure(batch, server, lists.get(0), costs);
            }
            var script = Script.start(place.home(), endpoint, "bench-1", pageSize, server.fresh("bench_script"));
            if (script.isPresent()) {
                try (Contender python = script.get()) {
                    measure(python, server, lists.get(0), costs);
                }
            } else {
                System.out.println("no Python with psycopg2 here: apt-get install python3-psycopg2");
            }
            try (Contender ours =
                    new Ours(place.home(), place.folder(), server.fresh("bench_ours"), endpoint, pageSize, rounds)) {
                measure(ours, server, lists.get(rounds - 1), costs);
            }
            costs.forEach(PassBench::print);
        }
    }

    private void measure(Contender contender, Database server, MadeUpTasks list, Map<Work, Map<String, Cost>> costs)
            throws Exception {
        try (Connection connection = server.connect()) {
            for (Work work : Work.values()) {
                costs.computeIfAbsent(work, any -> new LinkedHashMap<>())
                        .put(contender.name(), cost(contender, work, connection, list));
            }
        }
        if (contender.peakMemory() > 0) {
            System.out.printf("%-26s at most %d MiB%n", contender.name(), contender.peakMemory());
        }
    }

    private Cost cost(Contender contender, Work work, Connection connection, MadeUpTasks list) throws Exception {
        long postmaster = Database.postmaster(connection);
        List<Double> seconds = new ArrayList<>();
        double cpu = 0;
        double databaseCpu = 0;
        double wal = 0;
        long statements = 0;
        for (int round = 0; round < rounds; round++) {
            if (work == Work.TENTH) {
                list.changeEvery(10, round);
            }
            contender.prepare(work);
            double cpuBefore = contender.cpu();
            double databaseBefore = Meter.cpuWithChildren(postmaster);
            long walBefore = Database.wal(connection);
            long statementsBefore = Database.statements(connection);
            seconds.add(contender.pass(work));
            wal += Database.wal(connection) - walBefore;
            statements += Database.statements(connection) - statementsBefore;
            cpu += contender.cpu() - cpuBefore;
            databaseCpu += Meter.cpuWithChildren(postmaster) - databaseBefore;
        }
        return new Cost(
                new Sample(seconds), cpu / rounds, databaseCpu / rounds, wal / rounds / 1e6, statements / rounds);
    }

    private static void print(Work work, Map<String, Cost> costs) {
        System.out.printf(
                "%n%-26s %9s %26s %8s %8s %9s %10s%n",
                work, "ours is", "seconds", "CPU", "its DB", "WAL MB", "statements");
        double ours = costs.get("dcs-sync").seconds().median();
        costs.forEach((name, cost) -> System.out.printf(
                Locale.ROOT,
                "%-26s %8.2fx %26s %8.2f %8.2f %9.2f %10d%n",
                name,
                ours / cost.seconds().median(),
                cost.seconds().text(" s"),
                cost.cpu(),
                cost.databaseCpu(),
                cost.wal(),
                cost.statements()));
    }
}
