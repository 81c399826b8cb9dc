package io.floodmark.store.tck;

import static org.junit.jupiter.api.Assumptions.abort;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What the tests of all areas share: a fresh store for each, and words to write them with.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class StoreContract {

    /// For operations that should succeed at once.
    static final Duration SOON = Duration.ofSeconds(20);

    /// For waits in which nothing should come.
    static final Duration BRIEFLY = Duration.ofMillis(150);

    static final int MANY = 100_000;

    private Optional<StoreUnderTest> opened = Optional.empty();
    private final List<EventStore> others = new ArrayList<>();

    /// The store on storage that nobody used before.
    protected abstract StoreUnderTest open();

    @BeforeEach
    void openStore() {
        opened = Optional.of(open());
    }

    @AfterEach
    void closeStores() {
        others.forEach(EventStore::close);
        opened.ifPresent(StoreUnderTest::close);
    }

    StoreUnderTest underTest() {
        return opened.orElseThrow();
    }

    EventStore store() {
        return underTest().store();
    }

    /// Another instance on the same storage; the test is skipped if there can be none.
    EventStore secondInstance() {
        EventStore second =
                underTest()
                        .secondInstance()
                        .orElseGet(() -> abort("the store has no second instance"));
        others.add(second);
        return second;
    }

    static Event event(String type, Tag... tags) {
        return Event.of(type, Json.EMPTY_OBJECT, tags);
    }

    static Event event(String type, String payload, Tag... tags) {
        return Event.of(type, Json.of(payload), tags);
    }

    static List<Event> events(int count, String type, Tag... tags) {
        return IntStream.range(0, count).mapToObj(_ -> event(type, tags)).toList();
    }

    static Tag book(int number) {
        return Tag.of("book", Integer.toString(number));
    }

    static Query ofBook(int number) {
        return Query.matching().tags(book(number)).build();
    }

    static Position at(long position) {
        return Position.of(position);
    }

    AppendResult append(Event... events) {
        return store().append(List.of(events), AppendCondition.none(), SOON);
    }

    /// Appends in as many appends as the limit asks for.
    void appendAll(List<Event> events) {
        for (int i = 0; i < events.size(); i += 500) {
            store().append(
                            events.subList(i, Math.min(i + 500, events.size())),
                            AppendCondition.none(),
                            SOON);
        }
    }

    AppendResult appendIf(Query query, long after, Event... events) {
        return store().append(List.of(events), AppendCondition.failIfMatch(query, at(after)), SOON);
    }

    static AppendResult appended(long first, long last) {
        return new AppendResult.Appended(at(first), at(last));
    }

    List<RecordedEvent> log() {
        return read(ReadRequest.of(Query.all()));
    }

    List<RecordedEvent> read(ReadRequest request) {
        return store().read(request, SOON).toList(MANY);
    }

    static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(it -> it.position().value()).toList();
    }

    static List<Long> positionsUpTo(long last) {
        return IntStream.rangeClosed(1, Math.toIntExact(last)).mapToObj(Long::valueOf).toList();
    }

    /// Runs all tasks at the same time and waits for their results.
    static <T> List<T> atTheSameTime(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<T> results = new ArrayList<>();
            for (Future<T> task : executor.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
                results.add(task.get());
            }
            return results;
        }
    }

    /// Runs a task beside the test, which ends it.
    static <T> Future<T> beside(Callable<T> task) {
        var running = new FutureTask<>(task);
        Thread.ofVirtual().start(running);
        return running;
    }
}
