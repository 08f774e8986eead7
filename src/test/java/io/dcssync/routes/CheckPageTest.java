package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.source.CheckedEntry;
import io.dcssync.source.ListedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class CheckPageTest extends RouteTest {

    private static final JsonMapper DEEP = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10_000)
                            .build())
                    .build())
            .build();

    @Override
    List<String> files() {
        return List.of("check-page");
    }

    @Override
    Settings settings() {
        return GivenSettings.of();
    }

    @Test
    void an_entry_that_cannot_be_taken_stops_no_other() throws Exception {
        assertThat(check("[{'task_id':'a'},null,7,'x',[],{},{'task_id':'b'}]"))
                .extracting(entry -> entry instanceof CheckedEntry.Task task ? task.id() : "rejected")
                .containsExactly("a", "rejected", "rejected", "rejected", "rejected", "rejected", "b");
    }

    @Test
    void a_page_may_have_one_entry_or_none() throws Exception {
        assertThat(check("[{'task_id':'a'}]")).hasSize(1);
        assertThat(check("[]")).isEmpty();
    }

    @Test
    void a_full_page_keeps_its_order() throws Exception {
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            page.append(i == 0 ? "[" : ",").append("{'task_id':'t").append(i).append("'}");
        }

        List<CheckedEntry> checked = check(page + "]");
        assertThat(checked).hasSize(1000);
        assertThat(((CheckedEntry.Task) checked.get(999)).id()).isEqualTo("t999");
    }

    @Test
    void an_entry_that_is_nested_without_end_costs_no_other() throws Exception {
        String deep = "{'a':".repeat(9900) + "1" + "}".repeat(9900);

        assertThat(check("[{'task_id':'a'},{'task_id':'b','description':" + deep + ",'odd':" + deep + "}," + deep
                        + ",{'task_id':" + deep + "}]"))
                .extracting(entry -> entry instanceof CheckedEntry.Task task ? task.id() : "rejected")
                .containsExactly("a", "b", "rejected", "rejected");
    }

    @SuppressWarnings("unchecked")
    private List<CheckedEntry> check(String json) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        DEEP.readTree(json.replace('\'', '"')).forEach(entries::add);
        Exchange done = send("check-page", Map.of("page", ListedPage.of(entries, Optional.empty())));
        assertThat(done.getException()).isNull();
        List<List<CheckedEntry>> parts = done.getMessage().getBody(List.class);
        return parts.stream().flatMap(List::stream).toList();
    }
}
