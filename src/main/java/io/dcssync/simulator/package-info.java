/**
 * A DCS endpoint to try things against: real HTTP, a made-up list of migration tasks that repeats itself for a seed,
 * and that can live.
 */
package io.dcssync.simulator;
