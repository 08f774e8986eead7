package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendLinesTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** Writers that share nothing but the file, as processes do. */
    @Test
    void lines_of_writers_at_once_do_not_mix() throws Exception {
        Path file = folder.resolve("alerts.jsonl");
        List<Runnable> appending = new ArrayList<>();
        for (String letter : List.of("a", "b", "c")) {
            FileOperations lines = new AppendLines(new FileEndpoint());
            append(lines, file, letter.repeat(200_000));
            appending.add(() -> IntStream.range(0, 50).forEach(i -> append(lines, file, letter.repeat(200_000))));
        }
        CompletableFuture.allOf(
                        appending.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();

        Set<String> distinct = Files.readAllLines(file).stream().collect(Collectors.toSet());
        assertThat(Files.readAllLines(file)).hasSize(153);
        assertThat(distinct).hasSize(3).allMatch(line -> line.length() == 200_000);
    }

    @Test
    void what_a_full_disk_cut_off_and_what_came_after_it_are_two_lines() throws Exception {
        Path file = Files.writeString(folder.resolve("alerts.jsonl"), "{\"specvers");
        FileOperations lines = new AppendLines(new FileEndpoint());

        append(lines, file, "one");
        append(lines, file, "two");

        assertThat(Files.readString(file)).isEqualTo("{\"specvers\none\ntwo\n");
    }

    private void append(FileOperations lines, Path file, String event) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(event);
        lines.storeFile(file.toString(), exchange, -1);
    }
}
