package io.dcssync.outbound;

import java.io.IOException;

/** An answer is larger than any that is expected; the rest of it was not read. */
public final class AnswerTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLarge(long most) {
        super("the answer is larger than %d MB; the rest of it was not read".formatted(most >> 20));
    }
}
