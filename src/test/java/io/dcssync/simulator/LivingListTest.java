package io.dcssync.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LivingListTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ListRequest ALL = new ListRequest("p", 0, 1000, Optional.empty());

    @Test
    void the_same_seed_gives_the_same_list_byte_for_byte_and_the_same_life() {
        LivingList one = lived(7, 200, 500);
        LivingList other = lived(7, 200, 500);

        assertThat(one.answer(ALL, ListedTask::json).json())
                .isEqualTo(other.answer(ALL, ListedTask::json).json());
        assertThat(one.changes()).isEqualTo(other.changes());
        assertThat(lived(8, 200, 500).answer(ALL, ListedTask::json).json())
                .isNotEqualTo(one.answer(ALL, ListedTask::json).json());
    }

    @Test
    void a_made_up_list_shows_all_that_the_api_can_show() {
        List<ListedTask> tasks = lived(7, 1000, 0).tasks();

        assertThat(tasks).hasSize(1000).allSatisfy(task -> assertThat(task.fields())
                .containsOnlyKeys(ListedTask.FIELDS));
        assertThat(values(tasks, "status"))
                .contains("SUCCESS", "FAILED", "MIGRATING", "TERMINATED", "CREATING", "INCRMIGEATING");
        assertThat(values(tasks, "migration_type")).containsOnly("backupfile_import", "online_migration");
        assertThat(values(tasks, "migration_method")).containsOnly("full_amount_migration", "incremental_migration");
        assertThat(tasks)
                .anySatisfy(task -> assertThat(task.text("data_source")).contains(","));
        assertThat(tasks).anySatisfy(task -> assertThat(task.fields()).containsEntry("source_instance_id", ""));
        for (String shape : List.of(".*T.*Z", "\\d{12}", "\\d{4}-\\d\\d-\\d\\d .*", "\\d{4}/.*")) {
            assertThat(values(tasks, "created_at"))
                    .anyMatch(Pattern.compile(shape).asMatchPredicate());
        }
    }

    @Test
    void failed_tasks_and_only_they_have_a_message_of_one_of_several_kinds() {
        List<ListedTask> tasks = lived(7, 1000, 0).tasks();

        assertThat(tasks)
                .allSatisfy(
                        task -> assertThat(task.text("error_message").isEmpty()).isEqualTo(!Tasks.isFailed(task)));
        assertThat(values(tasks, "error_message").stream()
                        .map(message -> message.split("[0-9:(\"]", 2)[0])
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(10);
    }

    @Test
    void ids_and_names_are_unique_however_long_the_list_lives_and_it_keeps_its_size() {
        LivingList list = new LivingList(3, 50, CLOCK);
        for (int i = 0; i < 5000; i++) {
            list.step();
            assertThat(new HashSet<>(values(list.tasks(), "task_id")))
                    .hasSize(list.tasks().size());
        }
        assertThat(values(list.tasks(), "task_name")).hasSize(list.tasks().size());
        assertThat(list.tasks().size()).isBetween(25, 100);
    }

    @Test
    void the_log_of_changes_tells_the_whole_way_from_the_first_list_to_the_last() {
        LivingList list = new LivingList(5, 100, CLOCK);
        Map<String, String> replayed = statuses(list);
        for (int i = 0; i < 2000; i++) {
            list.step();
        }
        for (Change change : list.changes()) {
            assertThat(Optional.ofNullable(replayed.get(change.taskId()))).isEqualTo(change.from());
            change.to()
                    .ifPresentOrElse(to -> replayed.put(change.taskId(), to), () -> replayed.remove(change.taskId()));
        }
        assertThat(replayed).isEqualTo(statuses(list));
    }

    @Test
    void tasks_appear_fail_start_again_fail_differently_and_are_deleted() {
        List<Change> changes = lived(7, 200, 1500).changes();
        Map<String, Set<String>> messages = new HashMap<>();
        changes.forEach(change -> change.message()
                .ifPresent(message -> messages.computeIfAbsent(change.taskId(), id -> new HashSet<>())
                        .add(message)));

        assertThat(changes).anyMatch(change -> change.from().isEmpty());
        assertThat(changes).anyMatch(change -> change.to().isEmpty());
        assertThat(changes)
                .anyMatch(change -> change.from().equals(Optional.of("FAILED"))
                        && change.to().equals(Optional.of("MIGRATING")));
        assertThat(changes).anyMatch(change -> change.to().equals(Optional.of("SUCCESS")));
        assertThat(changes).anyMatch(change -> change.to().equals(Optional.of("TERMINATED")));
        assertThat(messages.values()).anyMatch(ofOneTask -> ofOneTask.size() > 1);
    }

    @Test
    void an_incremental_migration_never_succeeds_by_itself() {
        assertThat(lived(7, 200, 1500).tasks())
                .filteredOn(Tasks::isIncremental)
                .extracting(task -> task.text("status"))
                .doesNotContain("SUCCESS", "MIGRATION_SUCCESS");
    }

    @Test
    void an_empty_list_can_live_too() {
        LivingList list = lived(7, 0, 0);
        assertThat(new String(list.answer(ALL, ListedTask::json).json(), StandardCharsets.UTF_8))
                .isEqualTo("{\"count\":0,\"migration_tasks\":[]}");
        for (int i = 0; i < 300; i++) {
            list.step();
        }
        assertThat(list.changes()).isNotEmpty();
    }

    private static LivingList lived(long seed, int size, int steps) {
        LivingList list = new LivingList(seed, size, CLOCK);
        for (int i = 0; i < steps; i++) {
            list.step();
        }
        return list;
    }

    private static Map<String, String> statuses(LivingList list) {
        Map<String, String> statuses = new HashMap<>();
        list.tasks().forEach(task -> statuses.put(task.text("task_id"), task.text("status")));
        return statuses;
    }

    private static Set<String> values(List<ListedTask> tasks, String field) {
        return tasks.stream().map(task -> task.text(field)).collect(Collectors.toSet());
    }
}
