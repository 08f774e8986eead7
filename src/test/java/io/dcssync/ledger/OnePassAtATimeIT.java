package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The lease and the fence: a source has one live pass, and only that one writes. */
class OnePassAtATimeIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"));

    @Test
    void while_a_pass_is_live_no_other_is_opened_and_its_holder_is_named() {
        TestPass live = ledger.opens("prod");

        assertThat(ledger.asksFor("prod", "project-1"))
                .containsEntry("run_id", null)
                .containsEntry("holder_run", live.run())
                .containsEntry("holder_node", "node-1")
                .containsEntry("expired", false);
        assertThat(ledger.database().one("select count(*) from report.sync_run"))
                .isEqualTo(1L);
    }

    @Test
    void another_source_is_free() {
        ledger.opens("prod");
        assertThat(ledger.opens("test").lists(migrating("a"))).isNotNull();
    }

    @Test
    void a_pass_that_ended_leaves_the_source_to_the_next_with_a_higher_number() {
        TestPass first = ledger.opens("prod");
        first.ends("failed");
        assertThat(ledger.opens("prod").run()).isGreaterThan(first.run());
    }

    @Test
    void one_that_gives_no_sign_of_life_is_reported_and_can_be_ended_as_abandoned() {
        TestPass dead = ledger.opens("prod");
        dead.lists(failed("a", "x"));
        dead.dies();

        assertThat(ledger.asksFor("prod", "project-1"))
                .containsEntry("run_id", null)
                .containsEntry("holder_run", dead.run())
                .containsEntry("expired", true);
        assertThat(dead.isTakenOver())
                .containsEntry("outcome", "abandoned")
                .containsEntry("error_code", "taken-over")
                .containsEntry("inserted", 1);
        assertThat(ledger.run(dead.run()).get("finished_at")).isNotNull();
        assertThat(ledger.opens("prod").run()).isGreaterThan(dead.run());
    }

    @Test
    void its_alerts_are_released_then() {
        TestPass dead = ledger.opens("prod");
        dead.lists(failed("a", "x"));
        dead.dies();
        assertThat(ledger.claims("ops")).isEmpty();
        dead.isTakenOver();
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void one_that_is_alive_cannot_be_taken_over() {
        TestPass live = ledger.opens("prod");
        assertThat(live.isTakenOver()).isNull();
        assertThat(live.lists(migrating("a"))).isNotNull();
        assertThat(live.ends()).containsEntry("outcome", "complete");
    }

    @Test
    void one_that_comes_back_after_it_was_taken_over_writes_nothing() {
        TestPass back = ledger.opens("prod");
        back.lists(migrating("a"));
        back.dies();
        back.isTakenOver();
        TestPass next = ledger.opens("prod");
        String before = everything();

        assertThat(back.with("rejected", "[{\"fingerprint\": \"f\", \"reason\": \"r\", \"raw\": \"17\"}]")
                        .lists(failed("a", "x"), failed("b", "x")))
                .isNull();
        assertThat(back.ends()).isNull();
        assertThat(ledger.extendsLeasesOf(back.run())).isEmpty();

        assertThat(everything()).isEqualTo(before);
        assertThat(next.lists(migrating("a"))).isNotNull();
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String table :
                new String[] {"source", "run", "task", "absence", "task_version", "transition", "rejected_task", "alert"
                }) {
            all.append(ledger.database().rows("select t::text from dcs.%s t order by 1".formatted(table)));
        }
        return all.toString();
    }

    @Test
    void a_page_extends_the_lease() {
        TestPass pass = ledger.opens("prod");
        pass.dies();
        pass.lists();
        assertThat(ledger.asksFor("prod", "project-1")).containsEntry("expired", false);
        assertThat(pass.isTakenOver()).isNull();
    }

    @Test
    void a_sign_of_life_extends_the_leases_of_passes_that_are_live_and_of_no_others() {
        TestPass live = ledger.opens("prod");
        TestPass other = ledger.opens("test");
        TestPass ended = ledger.opens("old");
        ended.ends();
        live.dies();
        other.dies();

        assertThat(ledger.extendsLeasesOf(live.run(), ended.run())).containsExactly(live.run());

        assertThat(live.isTakenOver()).isNull();
        assertThat(other.isTakenOver()).isNotNull();
        assertThat(ledger.database().one("select lease_until from dcs.source where source = 'old'"))
                .isNull();
    }

    @Test
    void a_sign_of_life_does_not_wait_for_a_statement_that_gives_one_itself() throws Exception {
        TestPass busy = ledger.opens("prod");
        TestPass other = ledger.opens("test");
        try (Holding store = Holding.of(ledger.database(), "select from dcs.source where source = 'prod' for update")) {
            assertThat(ledger.extendsLeasesOf(busy.run(), other.run())).containsExactly(other.run());
            assertThat(store.waiting()).isZero();
        }
    }

    @Test
    void a_source_that_is_said_to_be_of_another_project_is_refused() {
        ledger.sees(migrating("a"));
        assertThat(ledger.asksFor("prod", "project-2"))
                .containsEntry("run_id", null)
                .containsEntry("holder_run", null)
                .containsEntry("project_id", "project-1");
        assertThat(ledger.opens("prod").lists(migrating("a"))).isNotNull();
    }

    @Test
    void many_who_ask_at_once_get_one_pass() throws Exception {
        ledger.sees();
        Stream<CompletableFuture<Map<String, Object>>> answers;
        try (Holding source = Holding.of(ledger.database(), "select from dcs.source for update")) {
            answers = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> ledger.asksFor("prod", "project-1")))
                    .toList()
                    .stream();
            source.awaitWaiting(4);
        }
        assertThat(answers.map(CompletableFuture::join).filter(answer -> answer.get("run_id") != null))
                .hasSize(1);
    }
}
