package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerConnectionsIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = new LedgerConnections().getConnection(database.dataSource());
    }

    @Test
    void the_server_is_asked_once_how_many_parameters_a_statement_has() throws SQLException {
        String statement = "select ? :: text, a from numbers where a = ?";
        database.run("create table numbers (a int)");
        assertThat(parametersOf(statement)).isEqualTo(2);

        // of which it would know nothing any more
        database.run("drop table numbers");
        assertThat(parametersOf(statement)).isEqualTo(2);
    }

    @Test
    void each_statement_has_its_own() throws SQLException {
        assertThat(parametersOf("select cast(? as int)")).isEqualTo(1);
        assertThat(parametersOf("select 1")).isZero();
    }

    @Test
    void what_else_is_asked_of_a_statement_is_the_drivers_to_answer() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select cast(? as int) + 1")) {
            assertThat(statement.getParameterMetaData().getParameterTypeName(1)).isEqualTo("int4");
            statement.setInt(1, 41);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void an_error_is_the_one_of_the_database() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select * from no_such_table")) {
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no_such_table");
        }
    }

    private int parametersOf(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.getParameterMetaData().getParameterCount();
        }
    }
}
