package io.dcssync.doctor;

/**
 * What a check has found, in a line: what is so and, where that is not as it should be, what follows and what to do.
 *
 * @param text holds no secret
 */
public record Finding(Verdict verdict, String text) {

    /** How bad it is. */
    public enum Verdict {
        /** As it should be. */
        OK("ok"),
        /** The program works, but somebody should know this, or it could not be looked at. */
        WARN("warn"),
        /** The program does not work like this. */
        FAIL("FAIL");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** Returns how it is written. */
        public String word() {
            return word;
        }
    }

    public static Finding ok(String text) {
        return new Finding(Verdict.OK, text);
    }

    public static Finding warn(String text) {
        return new Finding(Verdict.WARN, text);
    }

    public static Finding fail(String text) {
        return new Finding(Verdict.FAIL, text);
    }
}
