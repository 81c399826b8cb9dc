package io.floodmark.store.postgres;

import static io.floodmark.store.postgres.TestStores.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Consistency;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SnapshotTest {
    private static final Query QUERY = Query.all();

    private final PostgresEventStore store = TestStores.open(TestStores.freshNames());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void of_many_that_are_saved_at_the_same_time_the_highest_stays() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 200; i++) {
                Snapshot snapshot = snapshot(i * 7919 % 200 + 1, "[" + i + "]");
                var _ = threads.submit(() -> store.snapshots().save(snapshot, LONG));
            }
        }

        assertThat(load()).map(Snapshot::position).contains(Position.of(200));
    }

    @Test
    void a_lower_one_is_refused_and_told_what_is_there() {
        assertThat(save(snapshot(9, "9"))).isEqualTo(new SaveResult.Saved());

        assertThat(save(snapshot(8, "8"))).isEqualTo(new SaveResult.Superseded(Position.of(9)));
        assertThat(load()).map(Snapshot::data).contains(Json.of("9"));
    }

    @Test
    void an_equal_position_replaces_the_data() {
        assertThat(save(snapshot(9, "1"))).isEqualTo(new SaveResult.Saved());

        assertThat(save(snapshot(9, "2"))).isEqualTo(new SaveResult.Saved());
        assertThat(load()).map(Snapshot::data).contains(Json.of("2"));
    }

    @Test
    void six_hundred_kilobytes_come_back_byte_for_byte() {
        Snapshot large = snapshot(1, "{ \"a\" :[1.0,\"" + "äß\\u00e9 ".repeat(60_000) + "\"]}");

        var _ = save(large);

        assertThat(large.data().size()).isGreaterThan(500_000);
        assertThat(load()).contains(large);
    }

    @Test
    void deleting_twice_says_so() {
        var _ = save(snapshot(1, "1"));

        assertThat(store.snapshots().delete("p", QUERY.hash(), LONG)).isTrue();
        assertThat(store.snapshots().delete("p", QUERY.hash(), LONG)).isFalse();
        assertThat(load()).isEmpty();
    }

    private SaveResult save(Snapshot snapshot) {
        return store.snapshots().save(snapshot, LONG);
    }

    private Optional<Snapshot> load() {
        return store.snapshots().load("p", QUERY.hash(), Consistency.strong(), LONG);
    }

    private static Snapshot snapshot(long position, String data) {
        return new Snapshot("p", QUERY.hash(), Position.of(position), Json.of(data), Instant.EPOCH);
    }
}
