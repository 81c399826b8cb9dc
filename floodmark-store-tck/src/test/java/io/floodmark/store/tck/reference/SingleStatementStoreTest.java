package io.floodmark.store.tck.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import io.floodmark.store.tck.history.Anomaly;
import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import io.floodmark.store.tck.history.HistoryWorkload;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SingleStatementStoreTest {

    private static final int WORKERS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// What a sequence brings, and is beside the point here.
    private static final Set<Anomaly> OF_THE_SEQUENCE = Set.of(Anomaly.GAP);

    private static LocalPostgres server;
    private static ConnectionSource source;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
        source = () -> DriverManager.getConnection(server.url(), server.user(), server.password());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SingleStatementStore open(String name, Isolation isolation) throws SQLException {
        var table = new SingleStatementTable(name);
        try (Connection connection = source.open()) {
            table.create(connection);
        }
        return new SingleStatementStore(source, table, isolation, WORKERS);
    }

    private static HistoryReport contended(SingleStatementStore store, int attempts)
            throws InterruptedException {
        return HistoryRunner.run(
                HistoryWorkload.withFreshSeed()
                        .workers(WORKERS)
                        .attempts(attempts)
                        .boundaries(4, 0.7)
                        .forms(
                                HistoryWorkload.Conditions.OWN_TAG,
                                HistoryWorkload.Mix.conditionalOnly()),
                store);
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_COMMITTED", "REPEATABLE_READ"})
    void lets_two_win_below_serializable(Isolation isolation) throws Exception {
        try (var store = open(isolation.name().toLowerCase(java.util.Locale.ROOT), isolation)) {
            HistoryReport report = contended(store, 4_000);

            assertThat(report.count(Anomaly.DOUBLE_WINNER)).as(report.toString()).isPositive();
            assertThat(report.totals().accepted()).isPositive();
        }
    }

    @Test
    void is_right_when_serializable_and_all_ask_for_exactly_what_they_write() throws Exception {
        try (var store = open("serializable", Isolation.SERIALIZABLE)) {
            HistoryReport report = contended(store, 4_000);

            assertThat(report.countsWithout(OF_THE_SEQUENCE)).as(report.toString()).isEmpty();
            assertThat(report.totals().accepted()).isPositive();
            assertThat(report.totals().refused()).as("serialization failures").isPositive();
        }
    }

    private static final Query LENT =
            Query.matching()
                    .types("lent", "returned")
                    .tags(Tag.of("book", "1"))
                    .anyPayload(PayloadMatch.of("to", "A'nn"), PayloadMatch.of("to", "x"))
                    .or()
                    .allPayload(PayloadMatch.of("never", "\"'; --"))
                    .build();

    private static final List<Event> EVENTS =
            List.of(
                    Event.of("bought", Json.EMPTY_OBJECT, Tag.of("book", "1")),
                    Event.of("lent", Json.of("{\"to\": \"A'nn\"}"), Tag.of("book", "1")));

    @Test
    void reads_what_was_appended() throws Exception {
        try (var store = open("alone", Isolation.READ_COMMITTED)) {
            Query book = Query.matching().tags(Tag.of("book", "1")).build();

            assertThat(store.append(EVENTS, AppendCondition.none(), TIMEOUT))
                    .isEqualTo(new AppendResult.Appended(new Position(1), new Position(2)));
            assertThat(store.read(ReadRequest.of(book), TIMEOUT).toList(10))
                    .extracting(RecordedEvent::event)
                    .isEqualTo(EVENTS);
            assertThat(store.read(ReadRequest.of(LENT), TIMEOUT).toList(10))
                    .extracting(RecordedEvent::position)
                    .containsExactly(new Position(2));
        }
    }

    @Test
    void keeps_the_condition_when_nobody_else_appends() throws Exception {
        try (var store = open("conditional", Isolation.READ_COMMITTED)) {
            List<Event> sold = List.of(Event.of("sold", Json.EMPTY_OBJECT));
            store.append(EVENTS, AppendCondition.none(), TIMEOUT);

            var late = AppendCondition.failIfMatch(LENT, Position.START);
            assertThat(store.append(sold, late, TIMEOUT))
                    .isInstanceOfSatisfying(
                            AppendResult.Conflict.class,
                            conflict ->
                                    assertThat(conflict.blocking().event())
                                            .isEqualTo(EVENTS.get(1)));
            var right = AppendCondition.failIfMatch(LENT, new Position(2));
            assertThat(store.append(sold, right, TIMEOUT))
                    .isInstanceOf(AppendResult.Appended.class);
            assertThat(store.append(List.of(), late, TIMEOUT))
                    .isInstanceOf(AppendResult.NothingToAppend.class);
        }
    }

    @Test
    void reads_more_than_a_page() throws Exception {
        try (var store = open("pages", Isolation.READ_COMMITTED)) {
            int total = 2 * StoredRows.PAGE + 1;
            for (int i = 0; i < total; i += 1_000) {
                store.append(
                        Stream.generate(() -> Event.of("many", Json.EMPTY_OBJECT))
                                .limit(Math.min(1_000, total - i))
                                .toList(),
                        AppendCondition.none(),
                        TIMEOUT);
            }
            assertThat(store.read(ReadRequest.of(Query.all()), TIMEOUT).toList(total))
                    .hasSize(total);
            assertThat(store.head()).isEqualTo(new Position(total));
        }
    }

    @Test
    void a_table_name_that_would_need_escaping_is_refused() {
        assertThatThrownBy(() -> new SingleStatementTable("a\"b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a\"b");
    }
}
