package io.dcssync.source;

import io.dcssync.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * How an endpoint keeps to what a pass relies on, judged by five pages. Nothing but {@code offset} must be as documented:
 * the other findings say what guards less well, or costs more, than it could. A list may move between two requests: what
 * that could explain is not held against the endpoint. Immutable.
 *
 * @param limit rows asked for by {@code first} and {@code again}
 * @param first the beginning of the list
 * @param one the first task alone: offset 0, limit 1
 * @param second from the second task on: offset 1
 * @param beyond what follows the rows of {@code first}
 * @param again the beginning once more, asked for last
 */
record PagingContract(int limit, Sample first, Sample one, Sample second, Sample beyond, Sample again) {

    /** Returns what is not as it should be, and at the end what is. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<String> good = new ArrayList<>();
        judgeOffset(findings, good);
        judgeLimit(findings, good);
        judgeOrder(findings, good);
        judgeCount(findings, good);
        judgeEntries(findings, good);
        if (!good.isEmpty()) {
            findings.add(Finding.ok("paging: " + String.join(", ", good)));
        }
        return findings;
    }

    private void judgeOffset(List<Finding> findings, List<String> good) {
        if (ignoresOffset()) {
            findings.add(
                    Finding.fail(
                            "paging: offset is not honoured, each page is the first one: every pass will fail; a proxy that drops the query, or an endpoint that is not DCS?"));
        } else if (isStill()
                && first.rows() > 1
                && !second.beginsWith(first.ids().get(1))) {
            findings.add(
                    Finding.warn(
                            "paging: offset=1 does not begin with the second task, offset may not count tasks: passes that cannot close the gap will be suspect"));
        } else {
            good.add("offset is honoured");
        }
    }

    private void judgeLimit(List<Finding> findings, List<String> good) {
        if (one.rows() > 1) {
            findings.add(Finding.warn(
                    "paging: limit is not honoured, limit=1 brought %d rows: harmless, a pass goes by the rows it receives"
                            .formatted(one.rows())));
        } else if (isCapped()) {
            findings.add(Finding.warn(
                    "paging: pages are capped at %d rows, though %d were asked for: harmless, but more requests; source.*.page-size = %d says what is so"
                            .formatted(first.rows(), limit, first.rows())));
        } else {
            good.add("limit is honoured");
        }
    }

    private void judgeOrder(List<Finding> findings, List<String> good) {
        if (!first.isInOrderOf(again)) {
            findings.add(
                    Finding.warn(
                            "paging: the same page came in another order the second time: passes that see this are suspect, and none of their tasks is taken for missing"));
        } else {
            good.add("the order is stable");
        }
    }

    private void judgeCount(List<Finding> findings, List<String> good) {
        if (first.count().isEmpty()) {
            findings.add(
                    Finding.warn(
                            "paging: no count in the answer: only the overlap of pages guards against tasks that slip through"));
            return;
        }
        long count = first.count().get();
        if (first.rows() > 1 && countsPage(first) && countsPage(one) && one.rows() < first.rows()) {
            findings.add(
                    Finding.warn(
                            "paging: count is the size of the page, not of the list: only the overlap of pages guards against tasks that slip through"));
        } else if (count < first.rows()) {
            findings.add(Finding.warn("paging: count is %d, less than the %d rows of the page: it guards nothing"
                    .formatted(count, first.rows())));
        } else if (count > first.rows() && isStill() && isWhole()) {
            findings.add(Finding.warn(
                    "paging: count is %d, but only %d tasks are listed: passes will be suspect, and none of their tasks is taken for missing"
                            .formatted(count, first.rows())));
        } else {
            good.add(first.rows() > 1 ? "count is the total (%d)".formatted(count) : "count is " + count);
        }
    }

    private void judgeEntries(List<Finding> findings, List<String> good) {
        if (first.withoutId() > 0) {
            findings.add(Finding.warn(
                    "paging: %d of %d entries have no task_id that can be used: they are kept in report.rejected_task and alert nobody"
                            .formatted(first.withoutId(), first.rows())));
        }
        if (first.repeats()) {
            findings.add(Finding.warn("paging: a task stands twice in a page: one of the two is taken"));
        }
        if (first.withoutId() == 0 && !first.repeats()) {
            good.add("each entry has an id of its own");
        }
    }

    /** Whether nothing shows that the list moved between the first request and the last. */
    private boolean isStill() {
        return first.ids().equals(again.ids());
    }

    private boolean ignoresOffset() {
        String top = first.ids().get(0);
        return top != null && isStill() && second.beginsWith(top) && beyond.beginsWith(top);
    }

    private boolean isCapped() {
        return !ignoresOffset() && first.rows() < limit && beyond.addsTo(first);
    }

    private boolean isWhole() {
        return first.rows() < limit && !beyond.addsTo(first);
    }

    private static boolean countsPage(Sample sample) {
        return sample.count().filter(count -> count == sample.rows()).isPresent();
    }
}
