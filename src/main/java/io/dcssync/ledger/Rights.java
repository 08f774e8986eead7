package io.dcssync.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What the database user may do, and how the roles for readers and writers stand. */
record Rights(
        String database,
        String user,
        boolean readOnly,
        boolean mayCreateSchemas,
        boolean hasSchema,
        boolean ownsSchema,
        boolean mayWrite,
        boolean mayCreateRoles,
        Role reader,
        Role writer) {

    /**
     * A role of the ledger.
     *
     * @param isComplete whether it has all its rights
     */
    record Role(boolean isThere, boolean isComplete) {}

    static Rights of(DataSource database) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql())) {
            row.next();
            return new Rights(
                    row.getString("database_name"),
                    row.getString("user_name"),
                    row.getBoolean("read_only"),
                    row.getBoolean("may_create_schemas"),
                    row.getBoolean("has_schema"),
                    row.getBoolean("owns_schema"),
                    row.getBoolean("may_write"),
                    row.getBoolean("may_create_roles"),
                    new Role(row.getBoolean("has_reader"), row.getBoolean("reader_reads_all")),
                    new Role(row.getBoolean("has_writer"), row.getBoolean("writer_writes")));
        }
    }

    private static String sql() throws IOException {
        try (InputStream in = Rights.class.getResourceAsStream("/sql/look-at-rights.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
