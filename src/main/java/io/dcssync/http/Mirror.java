package io.dcssync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.listapi.Answer;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ListBody;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import io.dcssync.listapi.RefusedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Turns a request of the DCS list API into the parameters of a statement, and its rows into the answer. Thread-safe. */
public final class Mirror {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // as they were listed
            .build();
    private static final String FEATURES = "supported_features";

    /** Reads what is asked for. */
    public ListRequest request(@Header(Exchange.HTTP_PATH) String path, @Header(Exchange.HTTP_RAW_QUERY) String query)
            throws RefusedRequest {
        return ListRequest.parse(path, query);
    }

    /** Returns the parameters of the statement {@code list-tasks}. */
    public Map<String, Object> parameters(@Variable("request") ListRequest request) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("project", request.projectId());
        parameters.put("name", request.name().orElse(null));
        parameters.put("offset", request.offset());
        parameters.put("limit", request.limit());
        return parameters;
    }

    /** Returns the page, or 404 where there is no row. */
    public Answer page(@Variable("request") ListRequest request, @Body List<Map<String, Object>> rows)
            throws JsonProcessingException {
        if (rows.isEmpty()) {
            return ErrorBody.unknownProject(request.projectId());
        }
        List<byte[]> tasks = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            if (row.get("task_id") != null) {
                tasks.add(task(row).json());
            }
        }
        return ListBody.of((Long) rows.get(0).get("count"), tasks);
    }

    /** The documented fields in their order, and then those that the endpoint lists beyond them. */
    private static ListedTask task(Map<String, Object> row) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        ListedTask.FIELDS.forEach(field -> fields.put(field, row.get(field)));
        fields.put(FEATURES, parsed(row.get(FEATURES)));
        if (parsed(row.get("extra")) instanceof Map<?, ?> extra) {
            extra.forEach((field, value) -> fields.put(field.toString(), value));
        }
        return ListedTask.withId(row.get("task_id").toString()).with(fields);
    }

    private static Object parsed(Object json) throws JsonProcessingException {
        return json == null ? null : JSON.readValue(json.toString(), Object.class);
    }
}
