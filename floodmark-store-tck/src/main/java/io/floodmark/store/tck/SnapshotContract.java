package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Json;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Query;
import io.floodmark.store.QueryHash;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Snapshots are kept exactly, apart from each other, and never go back.
public abstract class SnapshotContract extends StoreContract {

    private static final Instant TAKEN = Instant.parse("2025-01-01T00:00:00.123456Z");
    private static final QueryHash HASH = ofBook(1).hash();

    private Snapshots snapshots() {
        return store().snapshots();
    }

    private static Snapshot snapshot(long position, String data) {
        return new Snapshot(
                "books", HASH, at(position), Json.of(data), TAKEN.plusSeconds(position));
    }

    private Optional<Snapshot> load(String projection, QueryHash hash) {
        return snapshots().load(projection, hash, Consistency.strong(), SOON);
    }

    @Test
    void a_saved_snapshot_is_loaded_as_it_was() {
        Snapshot saved = snapshot(7, "{\"copies\": 3}");

        assertThat(snapshots().save(saved, SOON)).isEqualTo(new SaveResult.Saved());
        assertThat(load("books", HASH)).contains(saved);
    }

    @Test
    void a_snapshot_that_is_not_there_is_no_error() {
        assertThat(load("books", HASH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[1, 2,  3]", "\"text\"", "null", "1.0E+2", " { \"b\":1,\"a\" : 2 } "})
    void any_json_is_kept_byte_for_byte(String data) {
        snapshots().save(snapshot(1, data), SOON);

        assertThat(load("books", HASH).orElseThrow().data().utf8()).isEqualTo(Json.of(data).utf8());
    }

    @Test
    void more_than_500_kilobytes_are_kept_exactly() {
        Snapshot large = snapshot(1, "{\"text\": \"" + "äx".repeat(200_000) + "\"}");
        assertThat(large.data().size()).isGreaterThan(500_000);

        snapshots().save(large, SOON);

        assertThat(load("books", HASH)).contains(large);
    }

    @Test
    void a_higher_position_replaces_a_lower() {
        snapshots().save(snapshot(7, "{\"copies\": 3}"), SOON);
        Snapshot newer = snapshot(8, "{\"copies\": 4}");

        assertThat(snapshots().save(newer, SOON)).isEqualTo(new SaveResult.Saved());
        assertThat(load("books", HASH)).contains(newer);
    }

    @Test
    void a_lower_position_never_replaces_any_part_of_a_higher() {
        Snapshot newer = snapshot(8, "{\"copies\": 4}");
        snapshots().save(newer, SOON);

        assertThat(snapshots().save(snapshot(7, "{\"copies\": 3}"), SOON))
                .isEqualTo(new SaveResult.Superseded(at(8)));
        assertThat(load("books", HASH)).contains(newer);
    }

    @Test
    void the_same_position_replaces_the_data() {
        snapshots().save(snapshot(8, "{\"copies\": 4}"), SOON);
        Snapshot again = snapshot(8, "{\"copies\": 5}");

        assertThat(snapshots().save(again, SOON)).isEqualTo(new SaveResult.Saved());
        assertThat(load("books", HASH)).contains(again);
    }

    @Test
    void the_highest_of_concurrent_saves_stays() throws Exception {
        List<Callable<SaveResult>> saves = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int position = 1 + i * 17 % 40; // Each once, up and down.
            Snapshot each = snapshot(position, "{\"position\": " + position + "}");
            saves.add(() -> snapshots().save(each, SOON));
        }
        List<SaveResult> results = atTheSameTime(saves);

        assertThat(results).contains(new SaveResult.Saved());
        assertThat(load("books", HASH)).contains(snapshot(40, "{\"position\": 40}"));
    }

    @Test
    void snapshots_of_other_projections_and_queries_are_apart() {
        Snapshot first = snapshot(7, "{\"is\": \"first\"}");
        QueryHash otherHash = ofBook(2).hash();
        var otherQuery = new Snapshot("books", otherHash, at(3), Json.of("{}"), TAKEN);
        var otherProjection = new Snapshot("readers", HASH, at(2), Json.of("{}"), TAKEN);
        List.of(first, otherQuery, otherProjection).forEach(it -> snapshots().save(it, SOON));

        assertThat(load("books", HASH)).contains(first);
        assertThat(load("books", otherHash)).contains(otherQuery);
        assertThat(load("readers", HASH)).contains(otherProjection);
        assertThat(load("readers", otherHash)).isEmpty();
    }

    @Test
    void the_same_query_in_another_order_finds_the_same_snapshot() {
        Query one = Query.matching().types("a", "b").or().tags(book(1), book(2)).build();
        Query same = Query.matching().tags(book(2), book(1)).or().types("b", "a").build();
        var saved = new Snapshot("books", one.hash(), at(3), Json.of("{}"), TAKEN);
        snapshots().save(saved, SOON);

        assertThat(load("books", same.hash())).contains(saved);
    }

    @Test
    void a_deleted_snapshot_is_gone_and_deleting_again_changes_nothing() {
        snapshots().save(snapshot(8, "{}"), SOON);
        var other = new Snapshot("readers", HASH, at(2), Json.of("{}"), TAKEN);
        snapshots().save(other, SOON);

        assertThat(snapshots().delete("books", HASH, SOON)).isTrue();
        assertThat(snapshots().delete("books", HASH, SOON)).isFalse();
        assertThat(load("books", HASH)).isEmpty();
        assertThat(load("readers", HASH)).contains(other);
        assertThat(snapshots().save(snapshot(1, "{}"), SOON)).isEqualTo(new SaveResult.Saved());
    }

    @Test
    void a_snapshot_is_found_by_another_instance() {
        Snapshot saved = snapshot(7, "{}");
        snapshots().save(saved, SOON);

        assertThat(secondInstance().snapshots().load("books", HASH, Consistency.strong(), SOON))
                .contains(saved);
    }

    @Test
    void loading_follows_the_consistency_asked_for() {
        append(event("bought", book(1)));
        Snapshot saved = snapshot(1, "{}");
        snapshots().save(saved, SOON);

        assertThat(snapshots().load("books", HASH, Consistency.strong(), SOON)).contains(saved);
        assertThat(snapshots().load("books", HASH, Consistency.eventual(), SOON))
                .satisfiesAnyOf(
                        it -> assertThat(it).contains(saved), it -> assertThat(it).isEmpty());
        assertThatThrownBy(
                        () -> snapshots().load("books", HASH, Consistency.atLeast(at(2)), BRIEFLY))
                .isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void an_interrupted_save_stores_nothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> snapshots().save(snapshot(7, "{}"), SOON))
                    .isInstanceOf(OperationCancelled.class);
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(load("books", HASH)).isEmpty();
    }

    @Test
    void a_save_without_time_stores_nothing() {
        assertThatThrownBy(() -> snapshots().save(snapshot(7, "{}"), Duration.ZERO))
                .isInstanceOf(DeadlineExceeded.class);
        assertThatThrownBy(
                        () -> snapshots().load("books", HASH, Consistency.strong(), Duration.ZERO))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(load("books", HASH)).isEmpty();
    }
}
