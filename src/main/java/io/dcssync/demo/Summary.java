package io.dcssync.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What a ledger holds, counted when all work has come to its end. */
public record Summary(
        long passes,
        long wholePasses,
        long failedPasses,
        long unended,
        long retries,
        long tasks,
        long transitions,
        long failures,
        long delivered,
        long channels,
        long pending) {

    /** Counts; nothing may be written meanwhile, if the counts are to fit each other. */
    public static Summary of(DataSource ledger) throws SQLException {
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql())) {
            row.next();
            return new Summary(
                    row.getLong("passes"),
                    row.getLong("whole_passes"),
                    row.getLong("failed_passes"),
                    row.getLong("unended"),
                    row.getLong("retries"),
                    row.getLong("tasks"),
                    row.getLong("transitions"),
                    row.getLong("failures"),
                    row.getLong("delivered"),
                    row.getLong("channels"),
                    row.getLong("pending"));
        }
    }

    /** Whether some pass was whole, if there were any, and none is without an end. */
    public boolean isSound() {
        return (passes == 0 || wholePasses > 0) && unended == 0;
    }

    /**
     * Returns the summary in words.
     *
     * @param expected whether passes were expected to fail, and later ones to make up for them, and did
     */
    public List<String> lines(boolean expected) {
        List<String> lines = new ArrayList<>(List.of(
                "read       %d tasks in %d passes (%d whole), with %d retries"
                        .formatted(tasks, passes, wholePasses, retries),
                "found      %d transitions, %d of them failures".formatted(transitions, failures),
                "delivered  %d alerts to %d channels (%d pending)".formatted(delivered, channels, pending)));
        if (failedPasses > 0) {
            lines.add(
                    1,
                    expected
                            ? "failed     %d passes, as is to be expected on a bad day; later ones made the ledger whole"
                                    .formatted(failedPasses)
                            : "failed     %d passes, each with its reason in report.sync_run".formatted(failedPasses));
        }
        if (unended > 0) {
            lines.add("stuck      %d passes that never ended".formatted(unended));
        }
        return lines;
    }

    private static String sql() {
        try (InputStream file = Summary.class.getResourceAsStream("/sql/sum-up-ledger.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("sql/sum-up-ledger.sql cannot be read (bug)", e);
        }
    }
}
