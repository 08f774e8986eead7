package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A page as it was answered, its entries not yet checked.
 *
 * @param entries what stands in the list, whatever it is, in the order received
 * @param count what the endpoint says of the number of tasks, which may be the total or the size of the page
 */
public record ListedPage(List<JsonNode> entries, Optional<Long> count) {}
