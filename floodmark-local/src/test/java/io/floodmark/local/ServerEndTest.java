package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ServerEndTest {
    @Test
    void server_ends_with_its_data_when_the_owner_is_killed() throws Exception {
        Process owner = Processes.java(ServerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));
            assertThat(ServerProcess.on(data)).isPresent();

            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }

    @Test
    void frozen_server_ends_too_when_the_owner_is_killed() throws Exception {
        Process owner = Processes.java(ServerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            Processes.line(output);
            Path data = Path.of(Processes.line(output));
            List<Long> family = ServerProcess.on(data).orElseThrow().family();
            assertThat(family).hasSizeGreaterThan(3);
            ServerProcess.send("STOP", family);

            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
            assertThat(ServerProcess.awaitAllGone(family, java.time.Duration.ofSeconds(5)))
                    .isTrue();
        }
    }

    @Test
    void server_ends_when_the_owner_exits_without_closing_it() throws Exception {
        Process owner = Processes.java(ServerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));

            owner.getOutputStream().close();

            assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }

    @Test
    void next_start_clears_what_an_owner_left_whose_guard_died_too() throws Exception {
        Process owner = Processes.java(ServerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));
            List<ProcessHandle> guards = owner.descendants().toList();
            assertThat(guards).hasSize(1);
            guards.forEach(ProcessHandle::destroyForcibly);
            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(ServerProcess.on(data)).isPresent();

            LocalPostgres.start().close();

            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(data.resolveSibling("")).doesNotExist();
        }
    }

    @Test
    void folders_of_living_owners_are_left_alone() throws Exception {
        Process owner = Processes.java(ServerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader();
                LocalPostgres mine = LocalPostgres.start()) {
            Processes.line(output);
            Path data = Path.of(Processes.line(output));

            LocalPostgres.start().close();

            assertThat(ServerProcess.on(data)).isPresent();
            assertThat(Files.exists(data)).isTrue();
            assertThat(mine.isRunning()).isTrue();
            owner.getOutputStream().close();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }
}
