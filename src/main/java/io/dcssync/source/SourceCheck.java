package io.dcssync.source;

import io.dcssync.config.Auth;
import io.dcssync.config.SourceSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at a source as a pass would meet it: its endpoint, who asks, the two clocks, and how the list is paged. It asks for
 * at most five pages, for each once more where another try may help, and for none any more once one was not to be had.
 */
public final class SourceCheck implements Check {

    private static final Duration WORTH_A_WORD = Duration.ofMinutes(1);
    private static final Duration REFUSED = Duration.ofMinutes(15);
    private static final int FEW = 10;

    private final SourceSettings source;
    private final Probe probe;
    private final CheckEntry checkEntry = new CheckEntry();

    public SourceCheck(SourceSettings source, Access access) {
        this.source = source;
        this.probe = new Probe(source, access, Clock.systemUTC());
    }

    @Override
    public void make(Consumer<Finding> tell) throws InterruptedException {
        Consumer<Finding> named = finding -> tell.accept(
                new Finding(finding.verdict(), finding.text().replace("source.*.", "source." + source.name() + ".")));
        Probe.Answered first = probe.ask(0, source.pageSize());
        judgeAccess(first, named);
        first.ahead().ifPresent(ahead -> named.accept(clock(ahead)));
        if (first.page().isPresent()) {
            judgePaging(Sample.of(first.page().get(), checkEntry), named);
        } else {
            named.accept(Finding.warn("paging: not checked, since no page came; mend the FAIL above and try again"));
        }
    }

    private void judgeAccess(Probe.Answered answered, Consumer<Finding> tell) {
        Optional<Reason> problem = answered.problem();
        String endpoint = "endpoint: %s answers, in %d ms"
                .formatted(source.endpoint(), answered.took().toMillis());
        if (problem.isEmpty()) {
            tell.accept(Finding.ok(endpoint));
            tell.accept(Finding.ok("credentials: %s, project %s can be listed".formatted(shown(), source.projectId())));
        } else if (answered.status() >= 400 && answered.status() <= 404) {
            tell.accept(Finding.ok(endpoint));
            String what =
                    switch (answered.status()) {
                        case 401, 403 -> "credentials: ";
                        case 404 -> "project: ";
                        default -> "request: ";
                    };
            tell.accept(Finding.fail(what + problem.get().message()));
        } else {
            boolean asked = problem.get().sent();
            tell.accept(Finding.fail((asked ? "endpoint: %s: ".formatted(source.endpoint()) : "credentials: ")
                    + problem.get().message()));
            tell.accept(Finding.warn((asked
                            ? "credentials: not checked, since the endpoint has not said whether it accepts them"
                            : "endpoint: not asked, since there are no credentials to show it")
                    + "; mend the FAIL above and try again"));
        }
    }

    private String shown() {
        if (source.auth() instanceof Auth.AccessKeys keys) {
            return keys.securityToken().isPresent() ? "temporary access keys are accepted" : "access keys are accepted";
        }
        if (source.auth() instanceof Auth.EcsAgency) {
            return "the keys of this server's agency are accepted";
        }
        return source.auth() instanceof Auth.Login ? "the token of IAM is accepted" : "none are asked for";
    }

    private Finding clock(Duration ahead) {
        if (ahead.abs().compareTo(WORTH_A_WORD) <= 0) {
            return Finding.ok("clock: agrees with the endpoint's");
        }
        String text = "clock: this machine is %d min %d s %s the endpoint; "
                .formatted(
                        ahead.abs().toMinutes(),
                        ahead.abs().toSecondsPart(),
                        ahead.isNegative() ? "behind" : "ahead of");
        boolean signs = source.auth() instanceof Auth.AccessKeys || source.auth() instanceof Auth.EcsAgency;
        if (!signs) {
            return Finding.warn(text + "set it by NTP");
        }
        return ahead.abs().compareTo(REFUSED) > 0
                ? Finding.fail(text + "requests signed more than 15 minutes off are refused: set it by NTP")
                : Finding.warn(text + "beyond 15 minutes signed requests are refused: set it by NTP");
    }

    private void judgePaging(Sample first, Consumer<Finding> tell) throws InterruptedException {
        if (first.isEmpty()) {
            tell.accept(Finding.warn("paging: the list is empty, so there is nothing to judge by; "
                    + (source.nameFilter().isPresent()
                            ? "check source.*.name-filter if there should be tasks"
                            : "check source.*.project-id if there should be tasks")));
            return;
        }
        Optional<Sample> one = more(0, 1, tell);
        Optional<Sample> second = one.isEmpty() ? one : more(1, Math.min(2, source.pageSize()), tell);
        Optional<Sample> beyond =
                second.isEmpty() ? second : more(first.rows(), Math.min(FEW, source.pageSize()), tell);
        Optional<Sample> again = beyond.isEmpty() ? beyond : more(0, source.pageSize(), tell);
        if (again.isPresent()) {
            new PagingContract(source.pageSize(), first, one.get(), second.get(), beyond.get(), again.get())
                    .findings()
                    .forEach(tell);
        }
    }

    /** Returns another page; empty where it cannot be had, which is told then. */
    private Optional<Sample> more(int offset, int limit, Consumer<Finding> tell) throws InterruptedException {
        Probe.Answered answered = probe.ask(offset, limit);
        answered.problem()
                .ifPresent(problem -> tell.accept(
                        Finding.warn("paging: not checked to the end, a request for offset %d, limit %d failed: %s"
                                .formatted(offset, limit, problem.message()))));
        return answered.page().map(page -> Sample.of(page, checkEntry));
    }
}
