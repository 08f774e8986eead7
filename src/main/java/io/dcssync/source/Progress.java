package io.dcssync.source;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a pass is.
 *
 * @param tasks tasks received so far
 * @param count how many there are as far as the endpoint said; empty: it did not
 * @param took time since the pass was opened
 */
public record Progress(String source, int tasks, Optional<Long> count, Duration took) {}
