package io.dcssync.ledger.embedded;

import java.util.Locale;

/** An operating system and processor, in the words that the archives with PostgreSQL's programs use. */
record Platform(String system, String processor) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Translates Java's names; what is not known stays as it is, and then no archive is found for it. */
    static Platform of(String osName, String osArch) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> osArch.toLowerCase(Locale.ROOT);
                };
        return new Platform(system, processor);
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
