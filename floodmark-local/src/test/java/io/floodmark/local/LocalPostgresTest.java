package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullMarked
final class LocalPostgresTest {
    private static LocalPostgres server;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void is_durable_and_measures_its_statements_and_its_input_and_output() throws Exception {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
        assertThat(setting("data_checksums")).isEqualTo("on");
        assertThat(setting("wal_level")).isEqualTo("replica");
        assertThat(setting("track_io_timing")).isEqualTo("on");
        assertThat(setting("track_wal_io_timing")).isEqualTo("on");
        assertThat(setting("max_connections")).isEqualTo("200");
        assertThat(setting("server_version")).startsWith("18");
        assertThat(sql("select datlocale from pg_database where datname = 'postgres'"))
                .isEqualTo("C.UTF-8");
        assertThat(sql("select count(*) > 0 from pg_stat_statements")).isEqualTo("t");
    }

    @Test
    void wrong_password_is_refused() {
        assertThatThrownBy(() ->
                        DriverManager.getConnection(server.url(), server.user(), "wrong").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void password_is_in_no_text_no_process_and_no_file() throws Exception {
        assertThat(server.toString()).doesNotContain(server.password());
        assertThat(server.address().toString()).doesNotContain(server.password());
        String commands =
                ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .collect(Collectors.joining("\n"));
        assertThat(commands.contains(server.dataDirectory().toString())).isTrue();
        assertThat(commands.contains(server.password())).isFalse();
        assertThat(Files.readString(server.logFile())).doesNotContain(server.password());
        assertThat(sql("select count(*) from pg_stat_statements where query ~* 'password'"))
                .isEqualTo("0");
    }

    @Test
    void data_folder_is_private() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(server.dataDirectory())))
                .isEqualTo("rwx------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(server.dataDirectory().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void listens_on_loopback_only() throws Exception {
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        for (InetAddress address : otherAddresses()) {
            assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
        }
    }

    private static List<InetAddress> otherAddresses() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static void connect(InetAddress address) throws Exception {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, server.port()), 2_000);
        }
    }

    @Test
    void committed_data_survives_kill_nine_and_restart_on_the_same_port() throws Exception {
        Sql.execute(server.address(), "create table survivor as select 42 as answer");
        int port = server.port();
        long pid = server.pid();

        server.faults().killNine();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> sql("select 1")).isInstanceOf(SQLException.class);
        server.restart();

        assertThat(server.port()).isEqualTo(port);
        assertThat(server.pid()).isNotEqualTo(pid);
        assertThat(sql("select answer from survivor")).isEqualTo("42");
        assertThat(Files.readString(server.logFile())).contains("not properly shut down");
    }

    @Test
    void frozen_server_is_silent_until_it_is_thawed() throws Exception {
        try (Connection session = ServerChecks.connect(server.address(), Duration.ofSeconds(1))) {
            server.faults().freeze();
            try {
                assertThatThrownBy(() -> Replication.text(session, "select 1"))
                        .isInstanceOf(SQLException.class)
                        .hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
            } finally {
                server.faults().thaw();
            }
        }

        assertThat(sql("select 1")).isEqualTo("1");
    }

    @Test
    void failed_start_shows_the_server_log_and_leaves_nothing() throws Exception {
        var options = LocalPostgres.Options.defaults().with("shared_buffers", "nonsense");
        var root = server.dataDirectory().resolve("../..").normalize();
        List<java.nio.file.Path> before = CachedFolder.children(root);

        assertThatThrownBy(() -> LocalPostgres.start(options))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
        assertThat(CachedFolder.children(root)).isSubsetOf(before);
    }

    @Test
    void server_without_fsync_is_refused() {
        var options = LocalPostgres.Options.defaults().with("fsync", "off");

        assertThatThrownBy(() -> LocalPostgres.start(options))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("fsync off");
    }

    @Test
    void close_ends_the_server_and_deletes_its_folder_and_may_be_repeated() {
        LocalPostgres other = LocalPostgres.start();
        long pid = other.pid();
        other.close();
        other.close();

        assertThat(other.dataDirectory().getParent()).doesNotExist();
        assertThat(other.isRunning()).isFalse();
        assertThat(Processes.isGone(pid)).isTrue();
        assertThatThrownBy(() -> other.faults().freeze())
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("is down");
    }

    private static String setting(String name) throws SQLException {
        return sql("select current_setting('" + name + "')");
    }

    private static String sql(String query) throws SQLException {
        return Sql.text(server.address(), query);
    }
}
