package io.dcssync.simulator;

import io.dcssync.listapi.ListRequest;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a list that a request asks for.
 *
 * @param matching how many tasks of the whole list have the name that is asked for
 */
record Page<T>(int matching, List<T> tasks) {

    /** Cuts the page out of one state of a list, newest first, which must not change meanwhile. */
    static <T> Page<T> of(List<T> list, ListRequest request, Function<T, String> name) {
        List<T> matching = list;
        if (request.name().isPresent()) {
            matching = list.stream()
                    .filter(task -> request.asksFor(name.apply(task)))
                    .toList();
        }
        int from = Math.min(request.offset(), matching.size());
        int to = Math.min(matching.size(), from + request.limit());
        return new Page<>(matching.size(), matching.subList(from, to));
    }
}
