package io.floodmark.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.tck.EventStoreContract;
import io.floodmark.store.tck.StoreUnderTest;
import org.junit.jupiter.api.AfterAll;

/// The contract of event stores, on PostgreSQL 15, the oldest that is supported, with a pool.
final class Postgres15ContractTest extends EventStoreContract {
    private static final HikariDataSource POOL = TestStores.pool(OlderServers.shared(15).address());

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    @Override
    protected StoreUnderTest open() {
        return new StoreOnPostgres(POOL);
    }
}
