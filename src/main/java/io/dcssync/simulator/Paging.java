package io.dcssync.simulator;

import io.dcssync.listapi.ListBody;
import io.dcssync.listapi.ListRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts the page that is asked for out of a list. */
final class Paging {

    private Paging() {}

    /**
     * Answers a request from one state of a list.
     *
     * @param newestFirst the list, which must not change meanwhile
     */
    static <T> ListBody page(
            List<T> newestFirst, ListRequest request, Function<T, String> name, Function<T, byte[]> json) {
        List<T> matching = newestFirst;
        if (request.name().isPresent()) {
            matching = newestFirst.stream()
                    .filter(task -> request.asksFor(name.apply(task)))
                    .toList();
        }
        int from = Math.min(request.offset(), matching.size());
        int to = Math.min(matching.size(), from + request.limit());
        List<byte[]> page = new ArrayList<>(to - from);
        for (T task : matching.subList(from, to)) {
            page.add(json.apply(task));
        }
        return ListBody.of(matching.size(), page);
    }
}
