package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerFactsTest {

    private final Settings settings = GivenSettings.of(
            "sync.lease = 4500ms",
            "sync.missing-after = 3",
            "sync.max-missing-share = 0.25",
            "sync.stuck-after = 1h30m",
            "sync.failing-after = 7",
            "alert.ops.uri = https://example.com/hunter2",
            "alert.ops.first-sync = each",
            "alert.desk.uri = log:hunter2",
            "alert.desk.on = unknown-status, recovered",
            "alert.desk.digest-above = 0");
    private final LedgerFacts facts = new LedgerFacts(settings.sync(), settings.channels(), "host:1", "1.0");

    @Test
    void every_statement_knows_who_we_are_and_what_the_configuration_wants() {
        assertThat(facts.with(Map.of()))
                .isEqualTo(
                        Map.of(
                                "node",
                                "host:1",
                                "version",
                                "1.0",
                                "leaseSeconds",
                                4.5,
                                "missingAfter",
                                3,
                                "maxMissingShare",
                                0.25,
                                "stuckAfterSeconds",
                                5400.0,
                                "failingAfter",
                                7,
                                "policies",
                                "[{\"channel\":\"ops\",\"kinds\":[\"failed\"],\"first_sync\":\"each\",\"digest_above\":20},"
                                        + "{\"channel\":\"desk\",\"kinds\":[\"recovered\",\"unknown-status\"],\"first_sync\":\"digest\",\"digest_above\":0}]"));
    }

    @Test
    void a_channel_that_keeps_incidents_is_not_told_of_recoveries_beside() {
        Settings pager = GivenSettings.of(
                "alert.pager.uri = https://example.com",
                "alert.pager.format = pagerduty",
                "alert.pager.secret = key",
                "alert.pager.on = failed, recovered");

        assertThat(new LedgerFacts(pager.sync(), pager.channels(), "host:1", "1.0").with(Map.of()))
                .extractingByKey("policies")
                .asString()
                .contains("\"kinds\":[\"failed\"]");
    }

    @Test
    void facts_of_a_statement_are_added_null_ones_too() {
        Map<String, Object> own = new HashMap<>();
        own.put("run", 7L);
        own.put("error", null);

        assertThat(facts.with(own))
                .containsEntry("run", 7L)
                .containsEntry("error", null)
                .containsKey("node");
        assertThat(own).hasSize(2);
    }

    @Test
    void no_channels_uri_is_among_them() {
        assertThat(facts.with(Map.of()).toString()).doesNotContain("hunter2");
    }
}
