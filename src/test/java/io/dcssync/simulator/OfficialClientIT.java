package io.dcssync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.utils.JsonUtils;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.ListMigrationTaskRequest;
import com.huaweicloud.sdk.dcs.v2.model.ListMigrationTaskResponse;
import com.huaweicloud.sdk.dcs.v2.model.MigrationTaskList;
import io.dcssync.config.Secret;
import io.dcssync.listapi.ListedTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Huawei's own client against the simulator. */
class OfficialClientIT {

    private static final String PROJECT = SimulatorSettings.DEFAULT_PROJECT;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Simulator simulator;

    @BeforeAll
    static void start() throws PortTaken {
        simulator = Simulator.start(SimulatorSettings.standard(Path.of(""))
                .withPort(0)
                .withSpeed(0)
                .withTasks(234)
                .withAuth(new SimulatedAuth.AccessKeys("AKAK", new Secret("SKSK"))));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void it_lists_all_tasks_with_all_their_fields() throws Exception {
        List<MigrationTaskList> listed = new ArrayList<>();
        DcsClient client = client("SKSK");
        for (int offset = 0; offset < 300; offset += 100) {
            ListMigrationTaskResponse page = client.listMigrationTask(
                    new ListMigrationTaskRequest().withOffset(offset).withLimit(100));
            assertThat(page.getCount()).isEqualTo(234);
            listed.addAll(page.getMigrationTasks());
        }
        List<ListedTask> tasks = simulator.list(PROJECT).tasks();
        assertThat(listed).hasSameSizeAs(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            ObjectNode theirs = (ObjectNode) JSON.readTree(JsonUtils.toJSON(listed.get(i)));
            ObjectNode ours = (ObjectNode) JSON.readTree(tasks.get(i).json());
            ours.properties().removeIf(field -> field.getValue().isNull());
            assertThat(theirs).isEqualTo(ours);
        }
    }

    @Test
    void a_name_with_odd_characters_is_signed_alike() {
        ListMigrationTaskResponse page =
                client("SKSK").listMigrationTask(new ListMigrationTaskRequest().withName("a b&c=d/e~*+é迁"));

        assertThat(page.getCount()).isZero();
    }

    @Test
    void a_wrong_key_is_refused() {
        assertThatThrownBy(() -> client("other").listMigrationTask(new ListMigrationTaskRequest()))
                .isInstanceOfSatisfying(ClientRequestException.class, refused -> {
                    assertThat(refused.getHttpStatusCode()).isEqualTo(401);
                    assertThat(refused.getErrorCode()).isEqualTo("APIG.0301");
                });
    }

    private static DcsClient client(String secretKey) {
        return DcsClient.newBuilder()
                .withCredential(
                        new BasicCredentials().withAk("AKAK").withSk(secretKey).withProjectId(PROJECT))
                .withEndpoint(simulator.url().toString())
                .build();
    }
}
