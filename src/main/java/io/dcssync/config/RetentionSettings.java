package io.dcssync.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the past is kept.
 *
 * @param transitions changes of status; empty: for ever
 * @param versions former contents of tasks; empty: for ever
 * @param runs passes
 */
public record RetentionSettings(Optional<Duration> transitions, Optional<Duration> versions, Duration runs) {}
