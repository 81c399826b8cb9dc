package io.floodmark.store.postgres;

import io.floodmark.store.tck.EventStoreContract;
import io.floodmark.store.tck.StoreUnderTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The contract of event stores, on PostgreSQL 17 without a pool, when all is asked for.
@EnabledIfSystemProperty(named = OlderServers.CONTRACT, matches = "all")
final class Postgres17ContractTest extends EventStoreContract {
    @Override
    protected StoreUnderTest open() {
        return new StoreOnPostgres(OlderServers.plain(OlderServers.shared(17)));
    }
}
