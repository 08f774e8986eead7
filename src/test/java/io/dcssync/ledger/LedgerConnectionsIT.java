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
    void parameters_are_counted_without_a_word_to_the_server() throws SQLException {
        assertThat(parametersOf("select ? from no_such_table where a = ? -- not this one: ?"))
                .isEqualTo(2);
        assertThat(parametersOf("select '?', \"?\", '{}'::jsonb ?? 'key' from no_such_table"))
                .isZero();
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
