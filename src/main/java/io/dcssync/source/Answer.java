package io.dcssync.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One page as the endpoint gave it, reduced to what the walk needs.
 *
 * @param ids one element a row, in the order received; {@code null} for an entry without a usable id (a rejected one)
 * @param count what the endpoint said about how many there are; may be the size of the page, or wrong
 */
public record Answer(List<String> ids, Optional<Long> count) {

    public Answer {
        ids = Collections.unmodifiableList(new ArrayList<>(ids)); // List.copyOf takes no null
    }
}
