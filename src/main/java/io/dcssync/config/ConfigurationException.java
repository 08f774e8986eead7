package io.dcssync.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds all that is wrong with it, not just the first; shows no secret. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }
}
