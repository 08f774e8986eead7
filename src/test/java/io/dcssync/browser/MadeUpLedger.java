package io.dcssync.browser;

import io.dcssync.ledger.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A ledger as it looks after a month, for those who look at it. */
public final class MadeUpLedger {

    private MadeUpLedger() {}

    /** Fills an empty ledger with so many tasks. */
    public static void fill(TestDatabase database, int tasks) {
        try (InputStream sql = MadeUpLedger.class.getResourceAsStream("/made-up-ledger.sql")) {
            database.run(new String(sql.readAllBytes(), StandardCharsets.UTF_8), tasks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.run("analyze");
    }
}
