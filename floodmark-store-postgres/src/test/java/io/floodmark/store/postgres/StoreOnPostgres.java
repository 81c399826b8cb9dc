package io.floodmark.store.postgres;

import io.floodmark.store.EventStore;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.tck.StoreUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// A new store on PostgreSQL for each test of the contract, with segments so short that the tests
/// cross them.
final class StoreOnPostgres implements StoreUnderTest {
    private static final long SEGMENT = 2_000;

    private final DataSource source;
    private final StoreSettings settings;
    private final PostgresEventStore store;

    StoreOnPostgres(DataSource source) {
        StoreSettings fresh = TestStores.freshNames();
        this.source = source;
        this.settings = fresh.with(fresh.storage().withSegmentSize(SEGMENT));
        this.store = TestStores.open(source, settings);
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public Optional<EventStore> secondInstance() {
        return Optional.of(PostgresEventStore.open(source, List.of(), settings));
    }

    @Override
    public Optional<Runnable> leaseExpiry() {
        return Optional.of(this::expireLeases);
    }

    private void expireLeases() {
        try {
            TestStores.execute(
                    source,
                    "UPDATE %s SET live_until = 'epoch'"
                            .formatted(settings.names().subscriptionConsumer()),
                    "UPDATE %s SET leased_until = 'epoch' WHERE holder IS NOT NULL"
                            .formatted(settings.names().subscriptionProgress()));
        } catch (SQLException e) {
            throw new AssertionError("leases could not be ended", e);
        }
    }

    @Override
    public Optional<Stall> stall() {
        return Optional.of(new LockedHead(source, settings));
    }

    @Override
    public void close() {
        store.close();
    }

    /// A transaction of somebody else that holds the head of the log.
    private static final class LockedHead implements StoreUnderTest.Stall {
        private final Connection connection;

        LockedHead(DataSource source, StoreSettings settings) {
            try {
                connection = source.getConnection();
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    statement.execute(
                            "SELECT position FROM " + settings.names().logHead() + " FOR UPDATE");
                }
            } catch (SQLException e) {
                throw new AssertionError("the head could not be locked", e);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError("the head could not be unlocked", e);
            }
        }
    }
}
