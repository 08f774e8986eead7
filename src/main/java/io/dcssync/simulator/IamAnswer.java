package io.dcssync.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.listapi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the simulator's IAM. */
record IamAnswer(int status, ObjectNode body, Map<String, String> headers) implements Answer {

    /** IAM's form of a refusal. */
    static IamAnswer refused(int status, String title, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", status).put("message", message).put("title", title);
        return new IamAnswer(status, body, Map.of());
    }

    @Override
    public byte[] json() {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
