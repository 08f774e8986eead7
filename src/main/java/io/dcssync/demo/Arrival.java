package io.dcssync.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An alert that has arrived at the demo's webhook.
 *
 * @param type the event's type without what all types have in common, such as {@code failed}
 * @param about the task's name; for a digest, how many tasks it tells of
 * @param eventId the event's id, by which it is found in {@code report.alert}
 */
record Arrival(String type, String about, String eventId) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a delivery; what is no event, as anybody on this machine may send it, becomes one that says so. */
    static Arrival of(String delivery) {
        JsonNode event;
        try {
            event = JSON.readTree(delivery);
        } catch (JsonProcessingException e) {
            return new Arrival("something that is no event", "", "");
        }
        JsonNode data = event.path("data");
        String type = event.path("type").asText().replaceAll("^dcs\\.(migration-task\\.)?|\\.v1$", "");
        String about = data.has("count")
                ? data.path("count").asText() + " tasks of "
                        + data.path("source").asText()
                : data.path("task_name").asText(event.path("subject").asText());
        return new Arrival(type, about, event.path("id").asText());
    }
}
