package io.dcssync.config;

import java.time.Duration;

/**
 * How passes are made, for all sources alike.
 *
 * @param parallelism passes side by side
 * @param maxDuration a pass that takes longer ends as failed
 * @param lease a pass whose process gives no sign of life for this long may be taken over
 * @param missingAfter complete passes in a row without a task before it is missing
 * @param maxMissingShare the brake: a pass that lacks more than this share (0 to 1) of the tasks listed until then is
 *     suspect
 * @param stuckAfter an active task that has not changed for longer is stuck
 * @param failingAfter passes in a row that fail before that is alerted
 * @param retryDelay the first pause before a page is asked again; it doubles with jitter up to 30 seconds
 */
public record SyncSettings(
        int parallelism,
        Duration maxDuration,
        Duration lease,
        int missingAfter,
        double maxMissingShare,
        Duration stuckAfter,
        int failingAfter,
        Duration retryDelay) {}
