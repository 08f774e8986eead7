package io.dcssync.ledger.embedded;

/** The server's settings: nothing acknowledged is lost, only this machine is served, little memory is taken. */
final class ServerSettings {

    /** Included by {@code postgresql.conf}, whose later lines win. */
    static final String FILE = "dcs-sync.conf";

    private static final String TEXT = """
            # Written by dcs-sync at each start. Your own settings go to the end of postgresql.conf.

            # only this machine, by password
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 100
            password_encryption = scram-sha-256

            # what is acknowledged survives a loss of power
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # a guest on the machine
            shared_buffers = 64MB
            min_wal_size = 32MB
            jit = off

            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'

            # the log grows by what matters, and holds no data: clients get the errors of their statements
            logging_collector = off
            log_destination = 'stderr'
            log_min_messages = warning
            log_min_error_statement = panic
            log_checkpoints = off
            """;

    private ServerSettings() {}

    static String text(int port) {
        return TEXT.formatted(port);
    }
}
