package io.dcssync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.listapi.ListRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    @Test
    void a_list_names_faults_with_their_shares() {
        assertThat(Faults.parse("500, reset=25%,cap=100,dirty").values())
                .isEqualTo(Map.of(Fault.SERVER_ERROR, 10, Fault.RESET, 25, Fault.CAP, 100, Fault.DIRTY, 1));
    }

    @Test
    void a_mix_is_of_what_a_client_should_get_over() {
        assertThat(Faults.parse("mix,hang=1%").values())
                .containsEntry(Fault.TRUNCATE, 5)
                .containsEntry(Fault.HANG, 1)
                .hasSize(Fault.MIX.size() + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | no fault",
                "'' | no fault",
                "cap | cap=N",
                "cap=0 | cap=N",
                "500=20 | 500 or 500=P%",
                "dirty=3 | allowed is dirty",
                "500=60%,reset=41% | more than 100 %",
            })
    void what_is_no_fault_is_told(String text, String why) {
        assertThatThrownBy(() -> Faults.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void each_fault_befalls_its_share() {
        Faults faults = Faults.parse("500=20%,reset=50%,moving");
        Dice dice = new Dice(1);
        Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
        for (int i = 0; i < 1000; i++) {
            faults.draw(dice).ifPresent(fault -> seen.merge(fault, 1, Integer::sum));
        }
        assertThat(seen).containsOnlyKeys(Fault.SERVER_ERROR, Fault.RESET);
        assertThat(seen.get(Fault.SERVER_ERROR)).isBetween(150, 250);
        assertThat(seen.get(Fault.RESET)).isBetween(430, 570);
        assertThat(Faults.NONE.draw(dice)).isEmpty();
    }

    @Test
    void a_request_is_heard_as_the_lasting_faults_make_it() {
        ListRequest asked = new ListRequest("p", 500, 1000, Optional.empty());

        assertThat(Faults.parse("cap=100,ignore-offset").heard(asked))
                .isEqualTo(new ListRequest("p", 0, 100, Optional.empty()));
        assertThat(Faults.NONE.heard(asked)).isEqualTo(asked);
    }
}
