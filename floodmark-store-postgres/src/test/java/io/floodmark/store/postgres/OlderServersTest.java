package io.floodmark.store.postgres;

import static io.floodmark.store.postgres.TestStores.LONG;
import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Delivery;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The essential on each version before 18, with a plain data source: a shorter way than the whole
/// contract to see that no statement needs a newer server.
@ParameterizedClass
@ValueSource(ints = {15, 16, 17})
final class OlderServersTest {
    private static final Tag READER = Tag.of("reader", "ann");
    private static final Query OF_READER = Query.matching().tags(READER).build();

    private final int major;
    private final LocalPostgres server;
    private final DataSource source;

    OlderServersTest(int major) {
        this.major = major;
        this.server = OlderServers.shared(major);
        this.source = OlderServers.plain(server);
    }

    private static StoreSettings settings(String... promoted) {
        return TestStores.freshNames()
                .with(
                        StorageSettings.defaults()
                                .withSegmentSize(100)
                                .withPromotedKeys(promoted)
                                .withConditionRecords(true));
    }

    private static Event borrowed(int number) {
        return Event.of("borrowed", Json.of("{\"book\":\"b%d\"}".formatted(number % 7)), READER);
    }

    @Test
    void server_is_of_the_version_that_is_tested() throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
        }
    }

    @Test
    void tables_are_made_once_and_found_again() {
        StoreSettings settings = settings("book");
        var schema = new StoreSchema(settings.names());

        StoreLayout made = schema.init(source, settings.storage());

        assertThat(made.version()).isEqualTo(StoreLayout.VERSION);
        assertThat(schema.init(source, settings.storage())).isEqualTo(made);
    }

    @Test
    void log_grows_over_segments_and_is_read_by_all_indexes() {
        try (PostgresEventStore store = TestStores.open(source, settings("book"))) {
            for (int i = 0; i < 5; i++) {
                var _ = append(store, IntStream.range(0, 70).mapToObj(n -> borrowed(n)).toList());
            }
            var _ = append(store, event("other"));

            assertThat(positions(store, Query.all())).hasSize(351);
            assertThat(positions(store, OF_READER)).hasSize(350);
            assertThat(positions(store, Query.matching().types("other").build()))
                    .containsExactly(351L);
            assertThat(
                            positions(
                                    store,
                                    Query.matching()
                                            .allPayload(PayloadMatch.of("book", "b3"))
                                            .build()))
                    .hasSize(50)
                    .contains(4L, 347L);
        }
    }

    private static List<Long> positions(PostgresEventStore store, Query query) {
        return positions(store.read(query.everything(), LONG).toList(1_000));
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(it -> it.position().value()).toList();
    }

    @Test
    void condition_that_does_not_hold_is_a_conflict_in_a_batch_and_in_a_transaction()
            throws SQLException {
        try (PostgresEventStore store = TestStores.open(source, settings());
                Connection own = source.getConnection()) {
            var _ = append(store, borrowed(1));
            own.setAutoCommit(false);
            AppendCondition before = AppendCondition.failIfMatch(OF_READER, Position.START);
            AppendCondition now = AppendCondition.failIfMatch(OF_READER, Position.of(1));

            assertThat(store.append(List.of(borrowed(2)), before, LONG))
                    .isInstanceOf(AppendResult.Conflict.class);
            assertThat(store.append(own, List.of(borrowed(2)), before))
                    .isInstanceOf(AppendResult.Conflict.class);
            assertThat(store.append(own, List.of(borrowed(2)), now))
                    .isEqualTo(new AppendResult.Appended(Position.of(2), Position.of(2)));
            own.commit();
            assertThat(store.append(List.of(borrowed(3)), now, LONG))
                    .isInstanceOf(AppendResult.Conflict.class);
        }
    }

    @Test
    void subscription_follows_and_keeps_its_place() {
        try (PostgresEventStore store = TestStores.open(source, settings());
                Subscription consumer =
                        store.subscriptions().open(SubscriptionSpec.of("s", OF_READER))) {
            for (int i = 1; i <= 3; i++) {
                var _ = append(store, borrowed(i));
                Delivery delivery = consumer.next(LONG);
                assertThat(positions(delivery.events())).containsExactly((long) i);
                consumer.acknowledge(delivery);
            }

            assertThat(store.subscriptions().checkpoint("s")).contains(Position.of(3));
        }
    }

    @Test
    void replica_answers_reads() {
        StoreSettings settings = settings();
        try (var replica = LocalReplica.start(server, "reader");
                PostgresEventStore writer = TestStores.open(source, settings);
                PostgresEventStore store =
                        PostgresEventStore.open(
                                source,
                                List.of(OlderServers.plain(replica.url(), server)),
                                settings)) {
            var _ = append(writer, borrowed(1));
            assertThat(replica.awaitCaughtUp(LONG)).isTrue();

            EventStream read = store.read(OF_READER.everything().eventual(), LONG);

            assertThat(read.toList(10)).hasSize(1);
        }
    }
}
