package io.floodmark.ingest.flow;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.WireEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The events of one request on their way, and their outcomes as they come back.
///
/// *Threads:* one request waits; writers complete, each event once. Whoever completes the last one
/// runs the ending.
public final class Submission {
    private static final Outcome STILL_UNDER_WAY =
            new Outcome.Unknown("the deadline passed while it was being written");

    /// A quick sink has answered by then. To let others run costs less than a timer, which a wait
    /// with an end needs.
    private static final int YIELDS = 3;

    private final String tenant;
    private final List<WireEvent> events;
    private final AtomicReferenceArray<@Nullable Outcome> outcomes;
    private final AtomicInteger open;
    private final CountDownLatch all = new CountDownLatch(1);
    private final Ending ending;

    Submission(String tenant, List<WireEvent> events, Ending ending) {
        this.tenant = tenant;
        this.events = List.copyOf(events);
        this.outcomes = new AtomicReferenceArray<>(events.size());
        this.open = new AtomicInteger(events.size());
        this.ending = ending;
    }

    /// What happens as outcomes come.
    ///
    /// @param some takes every outcome, some at a time
    /// @param all runs once, after the last
    record Ending(Consumer<List<Outcome>> some, Runnable all) {}

    String tenant() {
        return tenant;
    }

    int size() {
        return events.size();
    }

    WireEvent event(int index) {
        return events.get(index);
    }

    /// Takes the outcomes of the events from `first` on.
    void complete(int first, List<Outcome> some) {
        for (int i = 0; i < some.size(); i++) {
            if (outcomes.getAndSet(first + i, some.get(i)) != null) {
                throw new IllegalStateException("event %d has two outcomes".formatted(first + i));
            }
        }
        ending.some().accept(some);
        if (open.addAndGet(-some.size()) == 0) {
            all.countDown();
            ending.all().run();
        }
    }

    /// How many events have no outcome yet.
    int open() {
        return open.get();
    }

    /// Waits for the outcomes, in the order of the events; what is open after `most` is unknown.
    @SuppressWarnings("ThreadPriorityCheck") // Yielding only saves a wait; nothing depends on it.
    public List<Outcome> await(Duration most) throws InterruptedException {
        for (int i = 0; i < YIELDS && all.getCount() > 0; i++) {
            Thread.yield();
        }
        boolean complete = all.await(most.toNanos(), TimeUnit.NANOSECONDS);
        List<Outcome> known = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome == null && complete) {
                throw new IllegalStateException("event %d has no outcome".formatted(i));
            }
            known.add(outcome == null ? STILL_UNDER_WAY : outcome);
        }
        return known;
    }
}
