package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.listapi.ListedTask;
import io.dcssync.simulator.ManglingDcs;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Passes over pages that were mangled on their way, up to the channels: whatever comes, the program goes on, keeps what
 * can be kept, and has all right after the next pass over good pages.
 *
 * <p>{@code -Dfuzz.tries=6000} tries more often; {@code -Dfuzz.seed=S} tries the same again.
 */
class MangledPagesIT {

    private static final int TRIES = Integer.getInteger("fuzz.tries", 60);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime() % 1_000_000);
    /** After that many a new ledger is begun, as tasks that were made up by mangling gather in it. */
    private static final int TRIES_A_LEDGER = 500;

    private static final List<String> COPIED =
            List.of("task_name", "description", "error_message", "data_source", "resume_mode", "target_instance_id");
    private static final JsonMapper JSON = new JsonMapper();

    private TestDatabase database;
    private ManglingDcs dcs;
    private Job job;

    @Test
    void whatever_comes_no_good_task_is_lost_and_the_next_good_pass_has_all_right() throws Exception {
        for (int first = 0; first < TRIES; first += TRIES_A_LEDGER) {
            try (TestDatabase fresh = TestDatabase.fresh();
                    HikariDataSource ledger = new HikariDataSource();
                    ManglingDcs living = ManglingDcs.start(SEED + first, 12)) {
                ledger.setDataSource(fresh.dataSource());
                database = fresh;
                dcs = living;
                Settings settings = settings();
                try (Job started = Job.start(settings, ledger, Map.of(), SyncCommand.ROUTES)) {
                    job = started;
                    for (int i = first; i < Math.min(TRIES, first + TRIES_A_LEDGER); i++) {
                        goesOnAfterMangledPages(new Random(SEED + i), "-Dfuzz.seed=" + SEED + ", try " + i);
                    }
                    historyIsWhole();
                    everyAlertCanBeSent(settings.channels());
                }
            }
        }
    }

    private void goesOnAfterMangledPages(Random random, String name) throws Exception {
        dcs.goesOn();
        dcs.mangles(random);
        Map<String, Object> run = pass();
        String story = name + "\n" + run + "\n" + pieces(dcs.answered());
        assertThat(run.get("adds_up")).as(story).isEqualTo(true);
        assertThat(run.get("outcome")).as(story).isIn("complete", "repaired", "suspect", "failed");
        assertThat(run.get("error_code")).as(story).isNotIn("database", "unexpected", "cut-off", "timeout");
        AnsweredEntries answered = AnsweredEntries.in(dcs.answered());
        everyTaskIsStored(answered, story);
        everyOtherEntryIsKept(answered, (int) run.get("duplicates"), story);

        dcs.answersWell();
        run = pass();
        assertThat(run.get("adds_up")).as(story).isEqualTo(true);
        assertThat(run.get("outcome")).as("next pass, after %s", story).isIn("complete", "repaired");
        listIsStored("next pass, after " + story);
    }

    private Map<String, Object> pass() throws Exception {
        job.sync("prod", false);
        return database.rows(
                        "select outcome, error_code, error_message, pages, requests, tasks_read, rejected, duplicates,"
                                + " tasks_read = inserted + changed + unchanged + duplicates + rejected as adds_up"
                                + " from report.sync_run order by run_id desc limit 1")
                .get(0);
    }

    private void everyTaskIsStored(AnsweredEntries answered, String story) throws JsonProcessingException {
        Map<Object, Map<String, Object>> stored = stored(answered.tasks().keySet());
        answered.tasks().forEach((id, statuses) -> {
            assertThat(stored.get(id)).as("%s, in %s", id, story).isNotNull();
            if (!statuses.contains("")) {
                assertThat(statuses).as("status of %s, in %s", id, story).contains((String)
                        stored.get(id).get("status"));
            }
        });
    }

    /** One that stands where the pass had asked before cannot be told from what stood there: it counts as received again. */
    private void everyOtherEntryIsKept(AnsweredEntries answered, int duplicates, String story) {
        Set<Object> lost = new HashSet<>(answered.others());
        database.rows("select raw from report.rejected_task").forEach(row -> lost.remove(row.get("raw")));
        assertThat(lost).as(story).hasSizeLessThanOrEqualTo(duplicates);
    }

    private void listIsStored(String story) throws JsonProcessingException {
        List<ListedTask> tasks = dcs.tasks();
        Map<Object, Map<String, Object>> stored =
                stored(tasks.stream().map(task -> task.text("task_id")).toList());
        for (ListedTask task : tasks) {
            Map<String, Object> row = stored.get(task.text("task_id"));
            assertThat(row).as("%s, %s", task, story).isNotNull().containsEntry("status", task.text("status"));
            COPIED.forEach(field -> assertThat(row.get(field) == null ? "" : row.get(field))
                    .as("%s of %s, %s", field, task, story)
                    .isEqualTo(task.text(field)));
        }
    }

    /** Tasks that are listed, by their ids. */
    private Map<Object, Map<String, Object>> stored(Collection<String> ids) throws JsonProcessingException {
        return database
                .rows(
                        "select * from report.task where missing_since is null and task_id in"
                                + " (select jsonb_array_elements_text(?::jsonb))",
                        JSON.writeValueAsString(ids))
                .stream()
                .collect(Collectors.toMap(row -> row.get("task_id"), Function.identity()));
    }

    private void historyIsWhole() {
        assertThat(database.rows("select task_id, seq, from_status, before from (select t.*,"
                        + " lag(to_status) over w as before, row_number() over w as n from report.task_transition t"
                        + " window w as (partition by source, task_id order by seq)) t"
                        + " where seq <> n or from_status is distinct from before"))
                .isEmpty();
    }

    private void everyAlertCanBeSent(List<ChannelSettings> channels) throws Exception {
        for (ChannelSettings channel : channels) {
            job.drain(channel);
        }
        assertThat(database.rows("select channel, state, count(*) from report.alert"
                        + " where state in ('pending', 'dead') group by channel, state"))
                .isEmpty();
        assertThat(database.one("select count(distinct channel) from report.alert where state = 'delivered'"))
                .isEqualTo((long) channels.size());
    }

    private Settings settings() {
        return GivenSettings.source(
                dcs.url().toString(),
                "source.prod.project-id = " + ScriptedDcs.PROJECT,
                "source.prod.page-size = 5",
                "source.prod.page-overlap = 1",
                "source.prod.rate-limit = 100000",
                "source.prod.max-attempts = 2",
                "sync.retry-delay = 1ms",
                "sync.max-missing-share = 1",
                channel("cloudevents"),
                channel("text"));
    }

    private static String channel(String format) {
        return String.join(
                "\n",
                "alert." + format + ".uri = log:mangled?level=OFF",
                "alert." + format + ".format = " + format,
                "alert." + format + ".on = failed,recovered,missing,stuck,unknown-status,sync-failing");
    }

    private static String pieces(List<byte[]> bodies) {
        return bodies.stream()
                .map(body -> new String(body, 0, Math.min(body.length, 6000), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
