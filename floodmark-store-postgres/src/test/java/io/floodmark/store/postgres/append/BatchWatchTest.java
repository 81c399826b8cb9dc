package io.floodmark.store.postgres.append;

import static io.floodmark.store.postgres.append.Draft.ALWAYS;
import static io.floodmark.store.postgres.append.Draft.TIMEOUT;
import static io.floodmark.store.postgres.append.Draft.at;
import static io.floodmark.store.postgres.append.Draft.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Position;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import io.floodmark.store.observe.StoreListener;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.logs.RecordedLogs;
import io.floodmark.store.postgres.observe.Calls;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a listener is told of the writer, and what is logged of it.
final class BatchWatchTest {
    @Test
    void without_a_listener_the_writer_is_not_watched() {
        assertThat(BatchWatch.of(Calls.none())).isSameAs(BatchWatch.NONE);
    }

    @Test
    void with_a_listener_it_is() {
        Calls calls = Calls.toldTo(new StoreListener() {}, () -> 0);

        assertThat(BatchWatch.of(calls)).isInstanceOf(CommitWatch.class);
    }

    @Test
    void an_append_whose_answer_was_lost_is_told_as_appended_and_the_resolution_is_logged()
            throws SQLException {
        StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
        var commits = new AtomicInteger();
        CommitHook loseFirst =
                new CommitHook() {
                    @Override
                    public void after(Connection connection) throws SQLException {
                        if (commits.incrementAndGet() == 1) {
                            throw new SQLException("answer lost by the test", "08006");
                        }
                    }
                };
        Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        StoreListener listener =
                new StoreListener() {
                    @Override
                    public OngoingOperation begun(Operation operation) {
                        return new OngoingOperation() {
                            @Override
                            public void ended(OperationEnd end) {
                                outcomes.add(end.outcome());
                            }
                        };
                    }
                };
        RecordedLogs.clear();
        try (var store =
                PostgresEventStore.open(
                        loseFirst.on(Servers.connections(Servers.shared())),
                        List.of(),
                        settings,
                        listener)) {
            assertThat(store.append(events(2), ALWAYS, TIMEOUT)).isEqualTo(at(1, 2));
        }

        assertThat(outcomes).containsExactly(new Outcome.Appended(Position.of(1), Position.of(2)));
        assertThat(RecordedLogs.all())
                .extracting(RecordedLogs.Entry::message)
                .anyMatch(line -> line.contains("session is lost with a commit under way"))
                .anyMatch(line -> line.contains("whether its commit took effect is known"));
    }
}
