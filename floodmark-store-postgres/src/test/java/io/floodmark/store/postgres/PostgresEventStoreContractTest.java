package io.floodmark.store.postgres;

import io.floodmark.store.tck.EventStoreContract;
import io.floodmark.store.tck.StoreUnderTest;

/// The contract of event stores, on PostgreSQL 18 with a pool.
final class PostgresEventStoreContractTest extends EventStoreContract {
    @Override
    protected StoreUnderTest open() {
        return new StoreOnPostgres(TestStores.shared());
    }
}
