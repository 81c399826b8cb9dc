package io.floodmark.cli.store;

import io.floodmark.store.Delivery;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Follows a log to its end and beyond. For one thread.
///
/// @param output takes the events
/// @param flush makes what was taken durable or visible
/// @param limit after how many events it ends
/// @param stop whether it is to end before; asked at least every 200 ms while nothing comes
public record Tail(
        EventStore store, EventOutput output, Flushable flush, long limit, BooleanSupplier stop) {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BATCH = 100;

    /// Follows without leaving a trace in the store; true when the limit was reached.
    public boolean unnamed(Query query, Position start) throws IOException {
        Position after = start;
        long left = limit;
        while (left > 0 && !stop.getAsBoolean()) {
            Position head;
            try (EventStream events = store.read(query.after(after), TIMEOUT)) {
                head = events.readUpTo();
                while (left > 0 && !stop.getAsBoolean() && events.hasNext()) {
                    output.write(events.next());
                    left--;
                }
            }
            flush.flush();
            if (head.isAfter(after)) {
                after = head;
            } else if (left > 0) {
                LockSupport.parkNanos(WAIT.toNanos());
            }
        }
        return left == 0;
    }

    /// Follows from where the tail of that name ended before; true when the limit was reached. What
    /// was put out is acknowledged after it was flushed.
    public boolean named(String name, Query query, Position start) throws IOException {
        long left = limit;
        // One by one under a limit: what is delivered and not put out would come again elsewhere.
        int batch = limit == Long.MAX_VALUE ? BATCH : 1;
        var spec = new SubscriptionSpec(name, query, start, Sharing.exclusive(), batch);
        try (Subscription subscription = store.subscriptions().open(spec)) {
            while (left > 0 && !stop.getAsBoolean()) {
                Delivery delivery = subscription.next(WAIT);
                List<RecordedEvent> events = delivery.events();
                for (RecordedEvent event : events) {
                    output.write(event);
                }
                flush.flush();
                subscription.acknowledge(delivery);
                left -= events.size();
            }
        }
        return left == 0;
    }
}
