package io.floodmark.store.postgres.append;

import static io.floodmark.store.postgres.append.Draft.ALWAYS;
import static io.floodmark.store.postgres.append.Draft.TIMEOUT;
import static io.floodmark.store.postgres.append.Draft.at;
import static io.floodmark.store.postgres.append.Draft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendResult;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Appends that wait, because the writer is held up in its commit.
final class AppendWaitingTest {
    private static final int QUEUE_MAX = 3;
    private static final Duration CLAIMED_TIMEOUT = Duration.ofSeconds(3);

    private final StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private OpenStore store;
    private Future<AppendResult> claimed;

    @BeforeEach
    void hold_the_writer_in_a_commit() throws Exception {
        CommitHook hold =
                new CommitHook() {
                    @Override
                    public void before(Connection connection) throws SQLException {
                        reached.countDown();
                        await(released);
                    }
                };
        EngineLimits limits =
                EngineLimits.of(settings.append()).with(new EngineLimits.Queue(QUEUE_MAX, 1 << 20));
        var connections = Servers.connections(Servers.shared());
        store = OpenStore.open(hold.on(connections), connections, settings, limits);
        claimed = submit("claimed", CLAIMED_TIMEOUT);
        await(reached);
    }

    @AfterEach
    void close() {
        released.countDown();
        store.close();
        callers.close();
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new SQLException("the test did not go on");
            }
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    private Future<AppendResult> submit(String book, Duration timeout) {
        return callers.submit(() -> store.append(List.of(event(book)), ALWAYS, timeout));
    }

    private void awaitQueued(int count) {
        while (store.engine().queued() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_claimed_append_waits_for_its_outcome_beyond_its_deadline() throws Exception {
        assertThatThrownBy(() -> store.append(List.of(event("later")), ALWAYS, CLAIMED_TIMEOUT))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(claimed.isDone()).isFalse();

        released.countDown();
        assertThat(claimed.get()).isEqualTo(at(1));
    }

    @Test
    void a_deadline_that_passes_in_the_queue_leaves_nothing_written() throws Exception {
        assertThatThrownBy(
                        () -> store.append(List.of(event("late")), ALWAYS, Duration.ofMillis(20)))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(store.engine().queued()).isZero();

        released.countDown();
        claimed.get();
        assertThat(store.append(List.of(event("next")), ALWAYS, TIMEOUT)).isEqualTo(at(2));
    }

    @Test
    void an_interrupt_in_the_queue_leaves_nothing_written() throws Exception {
        var failure = new AtomicReference<Throwable>();
        var interrupted = new AtomicReference<Boolean>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                store.append(List.of(event("gone")), ALWAYS, TIMEOUT);
                            } catch (OperationCancelled e) {
                                failure.set(e);
                                interrupted.set(Thread.currentThread().isInterrupted());
                            }
                        });
        awaitQueued(1);
        caller.interrupt();
        caller.join();

        assertThat(failure.get()).isInstanceOf(OperationCancelled.class);
        assertThat(interrupted.get()).isTrue();
        released.countDown();
        claimed.get();
        assertThat(store.append(List.of(event("next")), ALWAYS, TIMEOUT)).isEqualTo(at(2));
    }

    @Test
    void one_more_than_the_queue_holds_is_refused_at_once() throws Exception {
        List<Future<AppendResult>> waiting = new ArrayList<>();
        for (int i = 0; i < QUEUE_MAX; i++) {
            waiting.add(submit("waits", TIMEOUT));
        }
        awaitQueued(QUEUE_MAX);

        assertThatThrownBy(() -> store.append(List.of(event("full")), ALWAYS, TIMEOUT))
                .isInstanceOf(StoreOverloaded.class)
                .hasMessageContaining("at most 3");
        released.countDown();
        for (Future<AppendResult> each : waiting) {
            assertThat(each.get()).isInstanceOf(AppendResult.Appended.class);
        }
        assertThat(store.head()).isEqualTo(Position.of(1 + QUEUE_MAX));
    }

    @Test
    void close_stores_what_waits_and_refuses_what_comes_after() throws Exception {
        Future<AppendResult> first = submit("first", TIMEOUT);
        awaitQueued(1);
        Future<AppendResult> second = submit("second", TIMEOUT);
        awaitQueued(2);
        Thread closing = Thread.ofVirtual().start(store.engine()::close);
        while (closing.getState() == Thread.State.NEW
                || closing.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }

        released.countDown();
        assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
        assertThat(first.get()).isEqualTo(at(2));
        assertThat(second.get()).isEqualTo(at(3));
        assertThatThrownBy(() -> store.append(List.of(event("closed")), ALWAYS, TIMEOUT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
