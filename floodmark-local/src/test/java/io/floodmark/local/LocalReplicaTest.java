package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class LocalReplicaTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @Test
    void replica_streams_is_read_only_and_leaves_no_slot() throws Exception {
        try (var primary = LocalPostgres.start()) {
            Sql.execute(primary.address(), "create table before as select 1 as x");
            try (var replica = LocalReplica.start(primary, "r1")) {
                Sql.execute(primary.address(), "create table after as select 2 as x");

                assertThat(replica.awaitCaughtUp(TIMEOUT)).isTrue();
                assertThat(Sql.text(replica.address(), "select x from before")).isEqualTo("1");
                assertThat(Sql.text(replica.address(), "select x from after")).isEqualTo("2");
                assertThat(Sql.text(primary.address(), "select state from pg_stat_replication"))
                        .isEqualTo("streaming");
                assertThat(Sql.text(replica.address(), "show fsync")).isEqualTo("on");
                assertThatThrownBy(() -> Sql.execute(replica.address(), "create table no (x int)"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("read-only");
                assertThat(replica.toString()).doesNotContain(primary.password());
                assertThat(Sql.text(replica.address(), "show primary_conninfo"))
                        .doesNotContain(primary.password());
            }
            assertThat(Sql.text(primary.address(), "select count(*) from pg_replication_slots"))
                    .isEqualTo("0");
        }
    }

    @Test
    void frozen_replica_falls_behind_and_catches_up_after_the_thaw() throws Exception {
        try (var primary = LocalPostgres.start();
                var replica = LocalReplica.start(primary, "r1")) {
            replica.faults().freeze();
            Sql.execute(primary.address(), "create table later as select 3 as x");
            replica.faults().thaw();

            assertThat(replica.awaitCaughtUp(TIMEOUT)).isTrue();
            assertThat(Sql.text(replica.address(), "select x from later")).isEqualTo("3");
            assertThat(replica.awaitReplayed("FFFF/0", Duration.ofMillis(50))).isFalse();
        }
    }

    @Test
    void second_replica_of_the_same_name_is_refused() {
        try (var primary = LocalPostgres.start();
                var _ = LocalReplica.start(primary, "r1")) {
            assertThatThrownBy(() -> LocalReplica.start(primary, "r1"))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("\"r1\" already exists");
        }
    }
}
