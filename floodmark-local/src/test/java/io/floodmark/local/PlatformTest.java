package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class PlatformTest {
    @Test
    void systems_with_programs_have_their_resource() {
        assertThat(Platform.of("Linux", "amd64").resource()).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(Platform.of("Linux", "aarch64").resource())
                .isEqualTo("postgres-linux-arm_64.txz");
        assertThat(Platform.of("Mac OS X", "x86_64").resource())
                .isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(Platform.of("Mac OS X", "aarch64").resource())
                .isEqualTo("postgres-darwin-arm_64.txz");
    }

    @Test
    void other_systems_are_named_with_what_to_do() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("Windows 11 on amd64")
                .hasMessageContaining("DB_HOST");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64"))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("Linux on riscv64");
    }

    @Test
    void programs_of_another_system_are_not_on_the_class_path() {
        var other = new Platform("darwin", "sparc");

        assertThatThrownBy(() -> PostgresBinaries.locate(other, UserFolders.current()))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("postgres-darwin-sparc.txz is not on the class path");
    }

    @Test
    void folders_follow_the_habits_of_the_system() {
        var environment = Map.of("XDG_CACHE_HOME", "/c", "XDG_STATE_HOME", "relative");
        Path home = Path.of("/home/u");

        assertThat(UserFolders.of(environment, home, false).cache())
                .isEqualTo(Path.of("/c/floodmark"));
        assertThat(UserFolders.of(Map.of(), home, true).cache())
                .isEqualTo(Path.of("/home/u/Library/Caches/floodmark"));
        assertThat(UserFolders.of(environment, home, false).state())
                .isEqualTo(Path.of("/home/u/.local/state/floodmark"));
    }
}
