package io.floodmark.store.postgres.subscription;

import io.floodmark.store.AppendLimits;
import io.floodmark.store.Delivery;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Session;
import io.floodmark.store.postgres.session.Sessions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer. What it holds is in the database; here is only how far it has looked in vain.
final class PostgresSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSubscription.class);

    /// A lease is renewed when this part of it is over.
    private static final int RENEWALS_PER_LEASE = 3;

    private final Feed feed;
    private final SubscriptionSpec spec;
    private final ProgressTable table;
    private final ReentrantLock working = new ReentrantLock();

    // Guarded by working.
    private Map<Integer, Progress.Lease> lookedPast = Map.of();
    private boolean keep;
    private long renewNanos;

    private volatile boolean closed;

    PostgresSubscription(Feed feed, SubscriptionSpec spec, ProgressTable table) {
        this.feed = feed;
        this.spec = spec;
        this.table = table;
        this.renewNanos = feed.nanos().getAsLong();
    }

    @Override
    public Delivery next(Duration wait) {
        Deadline deadline = Deadline.in(wait, feed.nanos());
        working.lock();
        try {
            while (true) {
                requireOpen();
                long seen = feed.signal().seen();
                PostgresDelivery delivery = look();
                if (!delivery.isEmpty()) {
                    return delivery;
                }
                if (deadline.hasPassed()) {
                    keepLookedPast();
                    return delivery;
                }
                await(seen, deadline);
            }
        } finally {
            working.unlock();
        }
    }

    private void await(long seen, Deadline deadline) {
        long poll = feed.settings().poll().toNanos();
        long renew = renewNanos - feed.nanos().getAsLong();
        long pause = Math.min(deadline.remainingNanos(), Math.min(poll, Math.max(renew, 0)));
        try {
            feed.signal().await(seen, pause);
        } catch (InterruptedException e) {
            throw Deadline.cancelled("wait for events of " + name());
        }
    }

    private PostgresDelivery look() {
        Progress progress = progress().lookedPast(lookedPast);
        if (progress.held().isEmpty()) {
            return new PostgresDelivery(this, List.of(), Map.of());
        }
        Position from =
                progress.held().values().stream()
                        .map(Progress.Lease::position)
                        .min(Position::compareTo)
                        .orElseThrow();
        try (EventStream log = feed.reader().read(spec.query().after(from), timeout())) {
            List<RecordedEvent> due = due(log, progress);
            if (due.isEmpty()) {
                lookPast(progress, log.readUpTo());
                return new PostgresDelivery(this, due, Map.of());
            }
            Position last = due.getLast().position();
            return new PostgresDelivery(this, due, upTo(progress, last));
        }
    }

    private List<RecordedEvent> due(EventStream log, Progress progress) {
        var due = new ArrayList<RecordedEvent>();
        while (due.size() < spec.batchMax() && log.hasNext()) {
            RecordedEvent event = log.next();
            Progress.Lease lease = progress.held().get(spec.sharing().partitionOf(event.event()));
            if (lease != null && event.position().isAfter(lease.position())) {
                due.add(event);
            }
        }
        return due;
    }

    private static Map<Integer, Progress.Lease> upTo(Progress progress, Position position) {
        var moved = new HashMap<Integer, Progress.Lease>();
        progress.held()
                .forEach((partition, lease) -> {
                    if (position.isAfter(lease.position())) {
                        moved.put(partition, new Progress.Lease(lease.epoch(), position));
                    }
                });
        return moved;
    }

    /// Nothing was due: that is remembered, so that the same part of the log is not searched again.
    private void lookPast(Progress progress, Position readUpTo) {
        Map<Integer, Progress.Lease> moved = upTo(progress, readUpTo);
        var all = new HashMap<>(progress.held());
        all.putAll(moved);
        lookedPast = Map.copyOf(all);
        keep |= !moved.isEmpty();
    }

    /// Once for each call that finds nothing, not for each look.
    private void keepLookedPast() {
        if (keep) {
            Map<Integer, Progress.Lease> looked = lookedPast;
            write("keep the progress of ", session -> table.move(session, looked));
            keep = false;
        }
    }

    private Progress progress() {
        boolean renew = feed.nanos().getAsLong() - renewNanos >= 0;
        if (!renew) {
            Progress now = feed.primary().read(name(), statement(), table::look);
            if (now.partitions() > 0 && !now.isOutOfBalance()) {
                return now;
            }
        }
        Progress balanced = feed.primary().write(name(), statement(), table::balance);
        if (balanced.partitions() == 0) {
            throw new IllegalStateException(name() + " was deleted");
        }
        renewed();
        return balanced;
    }

    private void renewed() {
        renewNanos =
                feed.nanos().getAsLong() + feed.settings().lease().toNanos() / RENEWALS_PER_LEASE;
    }

    @Override
    public void acknowledge(Delivery delivery) {
        if (!(delivery instanceof PostgresDelivery mine) || mine.consumer() != this) {
            throw new IllegalArgumentException(
                    "The delivery came from another consumer; acknowledge it there");
        }
        working.lock();
        try {
            requireOpen();
            if (!mine.done().isEmpty()) {
                write("acknowledge events of ", session -> table.move(session, mine.done()));
            }
        } finally {
            working.unlock();
        }
    }

    /// A statement that gives nothing.
    @FunctionalInterface
    private interface Update {
        void run(Session session) throws SQLException;
    }

    private void write(String what, Update update) {
        Sessions.Work<String> work =
                session -> {
                    update.run(session);
                    return what;
                };
        feed.primary().write(what + name(), statement(), work);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This consumer is closed; open another");
        }
    }

    private Deadline statement() {
        return Deadline.in(timeout(), feed.nanos());
    }

    private Duration timeout() {
        Duration timeout = feed.settings().timeout();
        return timeout.compareTo(AppendLimits.MAX_TIMEOUT) > 0 ? AppendLimits.MAX_TIMEOUT : timeout;
    }

    private String name() {
        return "subscription '" + spec.name() + "'";
    }

    /// A consumer that cannot give its partitions back keeps them until its lease is over.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        feed.signal().signal();
        boolean interrupted = Thread.interrupted();
        try {
            if (working.tryLock(feed.settings().timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                leave();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave() {
        try {
            write("leave ", table::leave);
        } catch (StoreException | IllegalStateException e) {
            LOG.debug("{} keeps its partitions until its lease ends", name(), e);
        } finally {
            working.unlock();
        }
    }
}
