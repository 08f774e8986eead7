package io.dcssync.config;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One source: a project's task list at one DCS endpoint, and how it is to be read.
 *
 * @param name the name that stands in the ledger; {@code [a-z0-9-]+}
 * @param endpoint base URL of DCS, without a slash at its end
 * @param trusted the authorities whose certificates are accepted; empty: those that Java trusts
 * @param proxy HTTP proxy through which DCS and IAM are reached
 * @param schedule a Quartz cron expression
 * @param pageSize rows asked for per page, 1 to 1000
 * @param pageOverlap rows of the page before that the next page asks for again, 0 to pageSize - 1
 * @param nameFilter what a task's name must contain (case matters) to be looked at; empty: all are
 * @param requestTimeout time for a whole request, to the last byte of the answer
 * @param maxAttempts tries per page in all, the first included
 * @param rateLimit requests per second to the endpoint, all its sources together
 */
public record SourceSettings(
        String name,
        URI endpoint,
        String projectId,
        Auth auth,
        List<X509Certificate> trusted,
        Optional<URI> proxy,
        String schedule,
        ZoneId timeZone,
        int pageSize,
        int pageOverlap,
        Optional<String> nameFilter,
        Duration requestTimeout,
        int maxAttempts,
        int rateLimit,
        boolean enabled) {

    public SourceSettings {
        trusted = List.copyOf(trusted);
    }

    /** Returns the source of this name that reads another project in the same way. */
    public SourceSettings of(String name, String projectId) {
        return new SourceSettings(
                name,
                endpoint,
                projectId,
                auth,
                trusted,
                proxy,
                schedule,
                timeZone,
                pageSize,
                pageOverlap,
                nameFilter,
                requestTimeout,
                maxAttempts,
                rateLimit,
                enabled);
    }
}
