package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.util.List;
import java.util.function.Function;

/**
 * Why a migration failed, in words like those of the service: a dozen families, each with ids, addresses or numbers
 * that differ from failure to failure. The words are made up after Redis's own error texts.
 */
final class FailureMessages {

    /** Any migration can fail so. */
    private static final List<Function<Dice, String>> ANY = List.of(
            dice -> "The target instance " + dice.uuid()
                    + " is full: OOM command not allowed when used memory > 'maxmemory' (used "
                    + dice.between(900_000_000, 2_000_000_000) + " bytes).",
            dice -> "RDB version " + dice.between(9, 12) + " of the source " + dice.address()
                    + " cannot be restored by the target (highest supported: " + dice.between(6, 8) + ").",
            dice -> "Failed to create the migration ECS in subnet " + dice.uuid() + ": " + dice.between(0, 3)
                    + " IP addresses are left, " + dice.between(4, 8) + " are needed.",
            dice -> "The key \"session:" + dice.between(1, 9_999_999) + "\" has "
                    + dice.between(512_000_001, 2_000_000_000) + " bytes; more than 512000000 bytes cannot be moved.");

    /** So can one that reads a backup file. */
    private static final List<Function<Dice, String>> BACKUP = List.of(
            dice -> "The backup file dump-" + dice.between(1_000_000, 9_999_999) + ".rdb was not found in bucket "
                    + "dcs-backup-" + dice.between(10, 99) + " (request id " + dice.uuid() + ").");

    /** So can one that talks to the source. */
    private static final List<Function<Dice, String>> ONLINE = List.of(
            dice -> "Failed to connect to the source Redis " + dice.address() + ": connect timed out after "
                    + dice.pick(3000, 5000, 10000) + " ms.",
            dice -> "Failed to connect to the source Redis " + dice.address()
                    + ": Connection refused (Connection refused), job " + dice.uuid() + ".",
            dice -> "The source instance " + dice.uuid()
                    + " refused the password: WRONGPASS invalid username-password pair or user is disabled.",
            dice -> "Incremental migration is not possible: ERR unknown command 'PSYNC' from " + dice.address() + ".",
            dice -> "Replication with " + dice.address() + " broke at offset "
                    + dice.between(10_000_000, 2_000_000_000)
                    + ": client-output-buffer-limit of the source exceeded (slave 256mb 64mb 60).",
            dice -> "Slot " + dice.between(0, 16_383) + " is not covered by any of the source nodes " + dice.address()
                    + "," + dice.address() + ".",
            dice -> "迁移任务失败：源实例 " + dice.address() + " 连接超时，已重试 " + dice.between(3, 9_999) + " 次。");

    private FailureMessages() {}

    /** Draws a message that fits the task. */
    static String draw(ListedTask task, Dice dice) {
        boolean online = task.text("migration_type").equals("online_migration");
        // most failures are of the kind that only such a task can have
        return dice.pick(dice.chance(40) ? ANY : online ? ONLINE : BACKUP).apply(dice);
    }
}
