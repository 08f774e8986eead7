package io.dcssync.doctor;

import java.util.function.Consumer;

/** Looks at one thing that the program works with, and changes nothing about it. */
public interface Check {

    /**
     * Looks, and tells each finding as soon as there is one. It may take long, and may be interrupted.
     *
     * @throws Exception if it cannot look, for a reason that it did not foresee
     */
    void make(Consumer<Finding> tell) throws Exception;
}
