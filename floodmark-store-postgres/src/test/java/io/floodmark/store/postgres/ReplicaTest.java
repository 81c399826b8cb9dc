package io.floodmark.store.postgres;

import static io.floodmark.store.postgres.TestStores.LONG;
import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.Snapshot;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store with a real streaming replica.
final class ReplicaTest {
    private static final Query ALL = Query.all();

    private final StoreSettings settings =
            StoreSettings.defaults()
                    .with(
                            new ReadSettings(
                                    8, 50, Duration.ofMillis(100), Duration.ofMillis(20), 1));
    private final LocalPostgres primary = LocalPostgres.start();
    private final LocalReplica replica = LocalReplica.start(primary, "reader");
    private final HikariDataSource primaryPool = TestStores.pool(primary.address());
    private final HikariDataSource replicaPool = TestStores.pool(replica.address());
    private PostgresEventStore store;

    ReplicaTest() {
        var _ = new StoreSchema(settings.names()).init(primaryPool, settings.storage());
        store = PostgresEventStore.open(primaryPool, List.of(replicaPool), settings);
    }

    @BeforeEach
    void ten_events_are_replicated() {
        var _ = append(store, events(10));
        assertThat(replica.awaitCaughtUp(LONG)).isTrue();
    }

    @AfterEach
    void end() {
        store.close();
        primaryPool.close();
        replicaPool.close();
        replica.close();
        primary.close();
    }

    @Test
    void an_eventual_read_comes_from_the_replica_as_it_stands() throws SQLException {
        stopReplay();
        var _ = append(store, events(1));

        EventStream eventual = store.read(ALL.everything().eventual(), LONG);

        assertThat(eventual.readUpTo()).isEqualTo(Position.of(10));
        assertThat(eventual.toList(100)).hasSize(10);
        assertThat(store.head(Consistency.eventual())).isEqualTo(Position.of(10));
        assertThat(store.read(ALL.everything(), LONG).toList(100)).hasSize(11);
    }

    @Test
    void a_read_that_needs_a_position_the_replica_lacks_comes_from_the_primary()
            throws SQLException {
        stopReplay();
        Position mine = append(store, events(1));

        assertThat(store.read(ALL.everything().atLeast(mine), LONG).toList(100)).hasSize(11);
        assertThat(store.head(Consistency.atLeast(mine))).isEqualTo(mine);
    }

    @Test
    void own_writes_are_always_read_at_their_position() {
        for (int i = 0; i < 50; i++) {
            Position mine = append(store, events(1));

            assertThat(store.read(ALL.after(mine.plus(0)).atLeast(mine), LONG).readUpTo())
                    .isGreaterThanOrEqualTo(mine);
        }
    }

    @Test
    void a_read_goes_on_at_the_primary_when_the_replica_dies_midway() {
        var _ = append(store, events(500));
        assertThat(replica.awaitCaughtUp(LONG)).isTrue();
        EventStream stream = store.read(ALL.everything().eventual(), LONG);
        var first = stream.next();

        replica.faults().killNine();

        assertThat(first.position()).isEqualTo(Position.of(1));
        assertThat(stream.readUpTo()).isEqualTo(Position.of(510));
        assertThat(stream.toList(1_000)).hasSize(509);
    }

    @Test
    void a_replica_that_is_gone_hinders_no_read() {
        replica.faults().killNine();

        for (int i = 0; i < 20; i++) {
            assertThat(store.read(ALL.everything().eventual(), LONG).toList(100)).hasSize(10);
        }
    }

    @Test
    void a_silent_replica_does_not_hold_up_reads() {
        assertThat(store.read(ALL.everything().eventual(), LONG).toList(100)).hasSize(10);
        replica.faults().freeze();
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(
                                store.read(ALL.everything().eventual(), Duration.ofSeconds(10))
                                        .toList(100))
                        .hasSize(10);
            }
        } finally {
            replica.faults().thaw();
        }
    }

    @Test
    void snapshots_are_saved_on_the_primary_and_loaded_from_the_replica() throws SQLException {
        Snapshot old = snapshot(5);
        var _ = store.snapshots().save(old, LONG);
        assertThat(replica.awaitCaughtUp(LONG)).isTrue();
        stopReplay();
        Snapshot young = snapshot(10);
        var _ = store.snapshots().save(young, LONG);

        assertThat(load(Consistency.eventual())).isEqualTo(old);
        assertThat(load(Consistency.strong())).isEqualTo(young);
    }

    private Snapshot load(Consistency consistency) {
        return store.snapshots().load("p", ALL.hash(), consistency, LONG).orElseThrow();
    }

    private static Snapshot snapshot(long position) {
        return new Snapshot(
                "p",
                ALL.hash(),
                Position.of(position),
                Json.of("[" + position + "]"),
                Instant.EPOCH);
    }

    private void stopReplay() throws SQLException {
        TestStores.execute(replicaPool, "SELECT pg_wal_replay_pause()");
    }

    private static List<Event> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("happened")).toList();
    }
}
