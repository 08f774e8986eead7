package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.LedgerConnections;
import io.dcssync.ledger.LedgerFacts;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class LedgerStatementTest extends RouteTest {

    @Override
    List<String> files() {
        return List.of("ledger");
    }

    @Override
    Settings settings() {
        return GivenSettings.of();
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        super.bindToRegistry(registry);
        registry.bind("ledgerFacts", new LedgerFacts(settings().sync(), List.of(), "host:1", "1.0"));
        registry.bind("ledgerConnections", new LedgerConnections());
        registry.bind("ledger", DataSource.class, withoutConnections());
    }

    @Test
    void a_statement_that_fails_is_the_callers_to_tell_and_leaves_no_line_of_camels() {
        Exchange done = template.send("direct:sql-count-alerts", exchange -> exchange.getMessage()
                .setBody(Map.of("source", "prod", "since", "2026-11-24T12:00:00Z")));

        assertThat(done.getException()).hasMessage("no connection");
        assertThat(warnings()).isEmpty();
    }

    private static DataSource withoutConnections() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        throw new SQLException("no connection");
                    }
                    return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : "a data source";
                });
    }
}
