package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class LocalClusterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @TempDir private Path folder;
    private LocalCluster cluster;

    @BeforeEach
    void open() {
        cluster = LocalCluster.in(folder.resolve("local"));
    }

    @AfterEach
    void remove() {
        cluster.remove();
    }

    @Test
    void server_is_kept_with_its_port_and_data_until_it_is_removed() throws Exception {
        assertThat(cluster.status().primary()).isInstanceOf(ServerState.Absent.class);
        assertThat(cluster.up(false)).isTrue();
        assertThat(cluster.up(false)).isFalse();
        ServerAddress address = running(cluster.status().primary()).address();
        Sql.execute(address, "create table kept as select 1 as x");

        assertThat(cluster.down()).isTrue();
        assertThat(cluster.down()).isFalse();
        assertThat(cluster.status().primary()).isInstanceOf(ServerState.Stopped.class);
        assertThat(cluster.up(false)).isTrue();

        assertThat(running(cluster.status().primary()).address()).isEqualTo(address);
        assertThat(Sql.text(address, "select x from kept")).isEqualTo("1");
        assertThat(connectionFilePermissions()).isEqualTo("rw-------");
        assertThat(cluster.status().bytes()).isGreaterThan(30_000_000);
        assertThat(cluster.remove()).isTrue();
        assertThat(cluster.remove()).isFalse();
        assertThat(cluster.status().primary()).isInstanceOf(ServerState.Absent.class);
    }

    private String connectionFilePermissions() throws Exception {
        Path file = cluster.status().folder().resolve("primary").resolve("connection.properties");
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void replica_follows_also_after_both_servers_were_killed() throws Exception {
        cluster.up(true);
        assertThat(cluster.up(true)).isFalse();
        LocalCluster.Status before = cluster.status();
        assertThat(before.replication()).isInstanceOf(ReplicationState.Following.class);
        ServerProcess.send("KILL", family(before.primary()));
        ServerProcess.send("KILL", family(before.replica()));
        assertThat(
                        Waiting.until(
                                TIMEOUT,
                                () -> cluster.status().primary() instanceof ServerState.Stopped))
                .isTrue();

        assertThat(cluster.up(false)).isTrue();

        ServerAddress primary = running(cluster.status().primary()).address();
        ServerAddress replica = running(cluster.status().replica()).address();
        Sql.execute(primary, "create table fresh as select 7 as x");
        assertThat(Waiting.until(TIMEOUT, () -> sees(replica))).isTrue();
        assertThat(cluster.status().replication())
                .isInstanceOfSatisfying(
                        ReplicationState.Following.class,
                        following -> assertThat(following.state()).isEqualTo("streaming"));
    }

    private static boolean sees(ServerAddress replica) {
        try {
            return Sql.text(replica, "select count(*) from pg_class where relname = 'fresh'")
                    .equals("1");
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void process_id_of_another_program_left_by_a_reboot_does_not_stop_the_start() throws Exception {
        cluster.up(false);
        cluster.down();
        Path data = cluster.status().folder().resolve("primary").resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n1\n1\n\n\n0 0\nready\n");
        assertThat(cluster.status().primary()).isInstanceOf(ServerState.Stopped.class);

        assertThat(cluster.up(false)).isTrue();
    }

    private static List<Long> family(ServerState state) {
        return ServerProcess.on(running(state).data()).orElseThrow().family();
    }

    private static ServerState.Running running(ServerState state) {
        assertThat(state).isInstanceOf(ServerState.Running.class);
        return (ServerState.Running) state;
    }
}
