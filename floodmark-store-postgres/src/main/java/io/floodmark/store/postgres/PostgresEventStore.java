package io.floodmark.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventIds;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Snapshots;
import io.floodmark.store.Subscriptions;
import io.floodmark.store.TimeAndChance;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.StoreGauges;
import io.floodmark.store.observe.StoreListener;
import io.floodmark.store.postgres.append.AppendEngine;
import io.floodmark.store.postgres.observe.Calls;
import io.floodmark.store.postgres.observe.Footprint;
import io.floodmark.store.postgres.observe.ObservedSnapshots;
import io.floodmark.store.postgres.observe.ObservedSubscriptions;
import io.floodmark.store.postgres.observe.Tellings;
import io.floodmark.store.postgres.read.LogReader;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.session.Sessions;
import io.floodmark.store.postgres.session.SqlFailures;
import io.floodmark.store.postgres.snapshot.PostgresSnapshots;
import io.floodmark.store.postgres.subscription.Feed;
import io.floodmark.store.postgres.subscription.HeadSignal;
import io.floodmark.store.postgres.subscription.PostgresSubscriptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/// An event store on a PostgreSQL primary and any number of streaming replicas.
///
/// Appends of all threads are committed together by one writer; reads come from the primary, or
/// from replicas where the request allows it. The store's tables must exist, see
/// [StoreSchema#init]. *Connections:* of the primary, at most
/// [io.floodmark.store.postgres.schema.ReadSettings#connectionsMax()] for reads, snapshots and
/// subscriptions, one for the writer, one for notifications, and now and then one to make segments;
/// of each replica, the first alone. Data sources are not closed.
public final class PostgresEventStore implements EventStore {
    private static final TimeAndChance SYSTEM = TimeAndChance.system();

    private final AppendEngine engine;
    private final LogReader reader;
    private final Snapshots snapshots;
    private final Subscriptions subscriptions;
    private final Calls calls;

    /// Closed in reverse order.
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresEventStore(
            DataSource primarySource,
            List<DataSource> replicaSources,
            StoreSettings settings,
            StoreLayout layout,
            Calls calls) {
        this.calls = calls;
        Sessions primary = own(sessions("primary", primarySource, settings));
        List<Sessions> replicas = new ArrayList<>();
        for (DataSource source : replicaSources) {
            replicas.add(own(sessions("replica " + (replicas.size() + 1), source, settings)));
        }
        reader = new LogReader(primary, replicas, settings, layout, SYSTEM.nanos()).with(calls);
        snapshots =
                ObservedSnapshots.of(
                        new PostgresSnapshots(settings.names(), primary, reader, SYSTEM.nanos()),
                        calls);
        HeadSignal signal = own(new HeadSignal(primarySource, settings.names()));
        var feed = new Feed(primary, reader, signal, settings.subscribe(), SYSTEM.nanos());
        subscriptions =
                ObservedSubscriptions.of(
                        new PostgresSubscriptions(
                                settings.names(), feed, () -> EventIds.next(SYSTEM)),
                        calls);
        engine = own(AppendEngine.open(primarySource, primary, settings, calls));
        var gauges = new Gauges(engine, primary);
        calls.opened(gauges);
        var _ = own((AutoCloseable) () -> calls.closed(gauges));
    }

    private record Gauges(AppendEngine engine, Sessions primary) implements StoreGauges {
        @Override
        public int appendsWaiting() {
            return engine.queued();
        }

        @Override
        public int connectionsAwaited() {
            return primary.waiting();
        }
    }

    private static Sessions sessions(String name, DataSource source, StoreSettings settings) {
        return new Sessions(name, source, settings.read().connectionsMax());
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    /// Opens the store on existing tables.
    ///
    /// @param primary where appends go; a pool with room for what the class says, whose sessions
    ///   begin with [StoreConnection#SESSION_SQL]: without it the same reads can take far longer
    /// @param replicas streaming replicas of the primary, may be empty; the same goes for them
    /// @throws io.floodmark.store.StoreNotReady if the tables are missing or of another version
    public static PostgresEventStore open(
            DataSource primary, List<DataSource> replicas, StoreSettings settings) {
        return open(primary, replicas, settings, StoreListener.none());
    }

    /// Opens the store on existing tables, as [#open(DataSource, List, StoreSettings)] does, and
    /// tells `listener` what it does.
    public static PostgresEventStore open(
            DataSource primary,
            List<DataSource> replicas,
            StoreSettings settings,
            StoreListener listener) {
        try (Connection connection = primary.getConnection()) {
            StoreLayout layout = new StoreSchema(settings.names()).check(connection);
            return new PostgresEventStore(
                    primary, replicas, settings, layout, Calls.toldTo(listener, SYSTEM.nanos()));
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("open the event store", e);
        }
    }

    /// Opens the store with pools of its own, which end with it, and makes or migrates its tables.
    public static PostgresEventStore connect(StoreConnection connection, StoreSettings settings) {
        return connect(connection, settings, StoreListener.none());
    }

    /// Opens the store as [#connect(StoreConnection, StoreSettings)] does, and tells `listener`
    /// what it does.
    public static PostgresEventStore connect(
            StoreConnection connection, StoreSettings settings, StoreListener listener) {
        HikariDataSource primary = connection.primaryPool(settings.read());
        List<HikariDataSource> replicas = connection.replicaPools(settings.read());
        try {
            new StoreSchema(settings.names()).init(primary, settings.storage());
            PostgresEventStore store = open(primary, List.copyOf(replicas), settings, listener);
            // Behind all that uses them.
            store.owned.addLast(primary);
            replicas.forEach(store.owned::addLast);
            return store;
        } catch (RuntimeException e) {
            primary.close();
            replicas.forEach(HikariDataSource::close);
            throw e;
        }
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        requireOpen();
        return calls.isSilent()
                ? engine.append(events, condition, timeout)
                : calls.make(
                        Operation.APPEND,
                        () -> engine.append(events, condition, timeout),
                        (result, footprint) -> Tellings.appended(result, events, footprint));
    }

    /// Appends in the caller's own transaction, so that events and other tables change together or
    /// not at all; see [AppendEngine#append(Connection, List, AppendCondition)].
    public AppendResult append(Connection connection, List<Event> events, AppendCondition condition)
            throws SQLException {
        requireOpen();
        return calls.isSilent()
                ? engine.append(connection, events, condition)
                : calls.make(
                        Operation.APPEND_IN_TRANSACTION,
                        () -> appendTimed(connection, events, condition),
                        (result, footprint) -> Tellings.appended(result, events, footprint));
    }

    private AppendResult appendTimed(
            Connection connection, List<Event> events, AppendCondition condition)
            throws SQLException {
        Footprint footprint = Footprint.current();
        footprint.toServer();
        try {
            return engine.append(connection, events, condition);
        } finally {
            footprint.fromServer();
        }
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        requireOpen();
        return calls.isSilent()
                ? reader.read(request, timeout)
                : calls.make(Operation.READ, () -> reader.read(request, timeout), Tellings::done);
    }

    @Override
    public Position head(Consistency consistency) {
        requireOpen();
        return calls.isSilent()
                ? reader.head(consistency, HEAD_TIMEOUT)
                : calls.make(
                        Operation.HEAD,
                        () -> reader.head(consistency, HEAD_TIMEOUT),
                        Tellings::done);
    }

    @Override
    public Snapshots snapshots() {
        requireOpen();
        return snapshots;
    }

    @Override
    public Subscriptions subscriptions() {
        requireOpen();
        return subscriptions;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("The event store is closed");
        }
    }

    /// Appends that wait are still stored, as far as time allows; reads end.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        var failures = new ArrayList<Exception>();
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("The event store did not close cleanly");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
