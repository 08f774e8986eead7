package io.dcssync.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One change that really happened to a simulated task, for comparing with what an observer made of it.
 *
 * @param step the step of the list's life in which it happened, from 1
 * @param from the status before; empty when the task appeared
 * @param to the status after; empty when the task was deleted
 * @param message the error message after
 */
public record Change(
        long step, Instant at, String taskId, Optional<String> from, Optional<String> to, Optional<String> message) {}
