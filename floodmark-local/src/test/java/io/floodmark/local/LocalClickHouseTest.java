package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class LocalClickHouseTest {
    private static Optional<LocalClickHouse> started = Optional.empty();

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        Optional<String> why = LocalClickHouse.unavailable();
        assumeTrue(why.isEmpty(), () -> "NOT TESTED: " + why.orElse(""));
        started = Optional.of(LocalClickHouse.start());
    }

    @AfterAll
    static void close() {
        started.ifPresent(LocalClickHouse::close);
    }

    private static LocalClickHouse engine() {
        return started.orElseThrow();
    }

    /// Prints what a test needs to know of an engine, and ends without closing it when its input
    /// ends.
    static final class EngineMain {
        private EngineMain() {}

        public static void main(String[] arguments) throws IOException {
            LocalClickHouse engine = LocalClickHouse.start();
            System.out.println(engine.pid());
            System.out.println(engine.dataDirectory());
            while (System.in.read() >= 0) {
                // The test ends this process.
            }
        }
    }

    @Test
    void rows_survive_kill_nine_and_restart_on_the_same_port() throws Exception {
        ClickHouseSql.text(
                engine(),
                "CREATE TABLE survivor (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100");
        for (int i = 0; i < 2; i++) {
            ClickHouseSql.Answer inserted =
                    ClickHouseSql.send(
                            engine(),
                            engine().password(),
                            "async_insert=0&insert_deduplication_token=one",
                            "INSERT INTO survivor SELECT number FROM numbers(1000)");
            assertThat(inserted.status()).as(inserted.text()).isEqualTo(200);
        }
        URI url = engine().url();
        long pid = engine().pid();

        engine().killNine();
        assertThat(engine().isRunning()).isFalse();
        assertThatThrownBy(() -> ClickHouseSql.text(engine(), "SELECT 1"))
                .isInstanceOf(IOException.class);
        engine().restart();

        assertThat(engine().url()).isEqualTo(url);
        assertThat(engine().pid()).isNotEqualTo(pid);
        assertThat(ClickHouseSql.text(engine(), "SELECT count() FROM survivor")).isEqualTo("1000");
    }

    @Test
    void only_the_user_with_the_password_gets_an_answer() throws Exception {
        ClickHouseSql.Answer wrong = ClickHouseSql.send(engine(), "wrong", "", "SELECT 1");
        assertThat(wrong.status()).isEqualTo(403);
        for (String way : new String[] {"", "user=default", "user=default&password="}) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(engine().url() + "/?query=SELECT%201&" + way))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            assertThat(ClickHouseSql.send(request).status()).as(way).isEqualTo(404);
        }
        ClickHouseSql.Answer mixed =
                ClickHouseSql.send(engine(), "wrong", "user=default&password=", "SELECT 1");
        assertThat(mixed.status()).isEqualTo(403);
    }

    @Test
    void password_is_in_no_process_and_in_one_private_file() throws Exception {
        String commands =
                ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .collect(Collectors.joining("\n"));
        assertThat(commands.contains(engine().dataDirectory().toString())).isTrue();
        assertThat(commands.contains(engine().password())).isFalse();
        Path root = engine().dataDirectory().resolveSibling("");
        for (String file : new String[] {"config.xml", "users.xml", "engine.log"}) {
            assertThat(Files.readString(root.resolve(file))).doesNotContain(engine().password());
        }
        assertThat(Files.readString(engine().clientFile())).contains(engine().password());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(engine().clientFile())))
                .isEqualTo("rw-------");
        assertThat(engine().toString()).doesNotContain(engine().password());
    }

    @Test
    void paused_engine_is_silent_until_it_goes_on() throws Exception {
        engine().pause();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(engine().url()).timeout(Duration.ofMillis(500)).build();
            assertThatThrownBy(() -> ClickHouseSql.send(request))
                    .isInstanceOf(HttpTimeoutException.class);
        } finally {
            engine().resume();
        }
        assertThat(ClickHouseSql.text(engine(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void memory_is_limited() throws Exception {
        assertThat(
                        ClickHouseSql.text(
                                engine(),
                                "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'"))
                .isEqualTo(Long.toString(2L << 30));
    }

    @Test
    void kept_data_are_there_at_the_next_start_and_have_one_owner() throws Exception {
        var options = LocalClickHouse.Options.defaults();
        try (LocalClickHouse first = LocalClickHouse.startIn(folder, options)) {
            ClickHouseSql.text(first, "CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n");
            ClickHouseSql.text(first, "INSERT INTO kept VALUES (42)");
            assertThatThrownBy(() -> LocalClickHouse.startIn(folder, options))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("another process uses");
        }
        try (LocalClickHouse second = LocalClickHouse.startIn(folder, options)) {
            assertThat(ClickHouseSql.text(second, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void engine_ends_with_its_data_when_the_owner_is_killed_even_if_it_is_paused()
            throws Exception {
        Process owner = Processes.java(EngineMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));
            ServerProcess engine = ServerProcess.on(data).orElseThrow();
            engine.signal("STOP");

            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }
}
