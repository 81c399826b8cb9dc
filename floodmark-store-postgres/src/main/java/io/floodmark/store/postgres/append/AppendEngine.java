package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendLimits;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.TimeAndChance;
import io.floodmark.store.postgres.observe.Calls;
import io.floodmark.store.postgres.schema.Segments;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Sessions;
import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/// The appending half of an open store: group commit by one writer thread.
///
/// The writer keeps one connection of the data source for itself; lookups of what lies before the
/// tail use others, briefly. The writer's connection must be a session of its own at the server: a
/// pooler in transaction mode between the two cannot be used.
///
/// *Threads:* for all. *Overload:* a full queue refuses at once; it is itself the waiting room.
public final class AppendEngine implements AutoCloseable {
    private static final LongSupplier NANO_TIME = TimeAndChance.system().nanos();
    private static final Duration END_WAIT = Duration.ofSeconds(1);

    private final AppendQueue queue;
    private final KnownLog log;
    private final PastLookup past;
    private final Sessions lookups;
    private final ConnectionAppend inTransaction;
    private final EngineLimits.Patience patience;
    private final Thread writer;

    private AppendEngine(
            DataSource primary,
            StoreSettings settings,
            EngineLimits limits,
            Sessions lookups,
            BatchWatch watch)
            throws SQLException {
        var schema = new StoreSchema(settings.names());
        var statement =
                new AppendStatement(settings.names(), settings.storage().conditionRecords());
        var link =
                new WriterLink(primary, settings.names(), statement, limits.patience(), NANO_TIME);
        this.log = opened(link, schema, limits);
        this.queue = new AppendQueue(limits.queue());
        this.past = new PastLookup(settings.names());
        this.lookups = lookups;
        this.patience = limits.patience();
        this.inTransaction = new ConnectionAppend(settings.names(), schema, statement, past);
        var segments =
                new SegmentsAhead(
                        primary,
                        new Segments(settings.names()),
                        log.layout(),
                        settings.append().segmentsAhead(),
                        NANO_TIME);
        this.writer =
                Thread.ofPlatform()
                        .name("floodmark-append")
                        .daemon()
                        .unstarted(
                                new GroupCommitWriter(
                                        queue,
                                        limits.batch(),
                                        new BatchCommit(link, log, segments, watch),
                                        watch));
    }

    private static KnownLog opened(WriterLink link, StoreSchema schema, EngineLimits limits)
            throws SQLException {
        try {
            return KnownLog.open(link.open(), schema, limits.tail());
        } catch (SQLException | RuntimeException e) {
            link.abandon();
            throw e;
        }
    }

    /// Opens the engine on an existing store, and starts its writer.
    ///
    /// @param primary gives connections to the server that takes writes
    /// @param lookups connections to the same server for lookups
    /// @param calls how its commits are told of
    public static AppendEngine open(
            DataSource primary, Sessions lookups, StoreSettings settings, Calls calls) {
        EngineLimits limits = EngineLimits.of(settings.append());
        return open(primary, lookups, settings, limits, BatchWatch.of(calls));
    }

    static AppendEngine open(
            DataSource primary, Sessions lookups, StoreSettings settings, EngineLimits limits) {
        return open(primary, lookups, settings, limits, BatchWatch.NONE);
    }

    private static AppendEngine open(
            DataSource primary,
            Sessions lookups,
            StoreSettings settings,
            EngineLimits limits,
            BatchWatch watch) {
        try {
            var engine = new AppendEngine(primary, settings, limits, lookups, watch);
            engine.writer.start();
            return engine;
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("open the append engine", e);
        }
    }

    /// Appends as `EventStore.append` says.
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        List<Event> checked = AppendLimits.checked(events);
        Deadline deadline = Deadline.in(timeout, NANO_TIME);
        if (checked.isEmpty()) {
            return new AppendResult.NothingToAppend();
        }
        deadline.check("append");
        return new AppendCall(this, checked, condition, deadline).run();
    }

    /// Appends in the caller's own transaction, which decides by its commit whether the events are
    /// stored. Until it ends, nobody else appends: keep it short.
    ///
    /// @param connection a connection to the primary with auto-commit off, at READ COMMITTED or
    ///   stricter; a stricter one can fail to serialise
    /// @throws SQLException as the server reports it; roll back then
    public AppendResult append(Connection connection, List<Event> events, AppendCondition condition)
            throws SQLException {
        List<Event> checked = AppendLimits.checked(events);
        return checked.isEmpty()
                ? new AppendResult.NothingToAppend()
                : inTransaction.append(connection, checked, condition);
    }

    /// How many requests wait for the writer.
    public int queued() {
        return queue.size();
    }

    EngineView view() {
        return log.view();
    }

    /// Queues a request and waits for its outcome.
    Outcome submit(PendingAppend request) {
        queue.offer(request);
        return request.await(queue, patience);
    }

    /// What stands in the log up to the view's head and decides the append.
    Optional<AppendResult> lookUp(
            EncodedAppend append, Settled settled, EngineView view, Deadline deadline) {
        var state = new PastLookup.LogState(view.head(), view.layout().promoted());
        return lookups.read(
                "look up what the append depends on",
                deadline,
                session -> past.decide(session::prepare, append, settled, state));
    }

    /// The first answer of the append, if its events are stored in a range.
    Optional<AppendResult> repeated(
            EncodedAppend append, long after, long upTo, Deadline deadline) {
        return lookups.read(
                "look up whether the events are stored",
                deadline,
                session -> past.repeated(session::prepare, append.ids(), after, upTo));
    }

    /// Time for lookups that must be made although the caller's own has run out.
    Deadline grace() {
        return Deadline.in(patience.resolve(), NANO_TIME);
    }

    /// Stores what waits, in order, and ends the writer; what it cannot store in its time is
    /// cancelled. A second time does nothing.
    @Override
    public void close() {
        queue.close(() -> new IllegalStateException("the event store is closed"));
        boolean interrupted = !ended(patience.drain());
        if (writer.isAlive()) {
            writer.interrupt();
            interrupted |= !ended(END_WAIT);
        }
        queue.fail(() -> new OperationCancelled("the store was closed; nothing was written"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the end of the writer; false when interrupted.
    private boolean ended(Duration wait) {
        try {
            boolean _ = writer.join(wait);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
