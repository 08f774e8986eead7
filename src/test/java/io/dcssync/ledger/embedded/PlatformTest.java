package io.dcssync.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, aarch64", "Mac OS X, aarch64"})
    void the_programs_for_servers_and_laptops_are_on_board(String osName, String osArch, @TempDir Path folder) {
        assertThat(new PostgresBinaries(Platform.of(osName, osArch), folder)).isNotNull();
    }

    @Test
    void another_platform_is_named_and_told_the_way_out(@TempDir Path folder) {
        assertThatThrownBy(() -> new PostgresBinaries(Platform.of("Windows 11", "amd64"), folder))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessage("There is no embedded PostgreSQL for windows 11-x86_64:"
                        + " set database.url to a PostgreSQL server of your own");
    }
}
