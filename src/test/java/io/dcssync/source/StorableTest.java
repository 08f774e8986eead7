package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

class StorableTest {

    @Property
    void any_text_keeps_its_length_and_becomes_text_that_survives_utf_8(
            @ForAll @CharRange(from = '\u0000', to = '\u0002') @CharRange(from = '\uD7FE', to = '\uE002') String text) {
        String storable = Storable.text(text);

        assertThat(storable).hasSameSizeAs(text).doesNotContain("\u0000");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(storable)).isTrue();
        assertThat(Storable.text(storable)).isSameAs(storable);
    }

    @Example
    void a_text_that_can_be_stored_is_left_alone() {
        String text = "a\uD83D\uDE00b\uFFFD\u0001";

        assertThat(Storable.text(text)).isSameAs(text);
    }

    @Example
    void each_half_of_a_pair_is_replaced_on_its_own() {
        assertThat(Storable.text("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
        assertThat(Storable.text("\uD83D\uD83D\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00");
        assertThat(Storable.text("x\uD83D")).isEqualTo("x\uFFFD");
    }

    @Example
    void a_value_is_made_storable_to_its_depths() {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.putObject("a\u0000").putArray("b").add("\uD800").add(1).addNull().add(true);

        assertThat(Storable.value(value)).hasToString("{\"a\uFFFD\":{\"b\":[\"\uFFFD\",1,null,true]}}");
    }
}
