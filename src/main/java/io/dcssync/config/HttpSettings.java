package io.dcssync.config;

/**
 * Where the program answers.
 *
 * @param managementHost address of health and metrics
 * @param managementPort port of health and metrics; 0: any
 */
public record HttpSettings(String managementHost, int managementPort) {}
