package io.floodmark.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.EventStore;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.StoreConnection;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The store on a real PostgreSQL passes the suite, each check on tables of its own.
final class PostgresDcbSuiteTest {
    private static final LocalPostgres SERVER = LocalPostgres.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static EventStore store(String schema) {
        return PostgresEventStore.connect(
                StoreConnection.of(SERVER.url(), SERVER.user(), SERVER.password()),
                StoreSettings.defaults().with(new StoreNames(schema, "")));
    }

    @Test
    void append_conditions_hold_with_twenty_callers() throws Exception {
        try (EventStore store = store("consistency");
                DcbSuite suite = new DcbSuite(store)) {
            DcbSuite.Consistency result = suite.consistency(1);

            assertThat(result.violations()).isEmpty();
            assertThat(result.verified()).isGreaterThan(50);
            assertThat(result.rejected()).as("appends that met").isPositive();
        }
    }

    @Test
    void positions_only_grow_for_a_reader() throws Exception {
        try (EventStore store = store("monotony");
                DcbSuite suite = new DcbSuite(store)) {
            DcbSuite.Monotony result = suite.monotony(2);

            assertThat(result.violations()).isEmpty();
            assertThat(result.reads()).isGreaterThan(5);
        }
    }

    @Test
    void unrelated_appends_do_not_fail_each_other() throws Exception {
        try (EventStore store = store("parallel");
                DcbSuite suite = new DcbSuite(store)) {
            assertThat(suite.parallelWriteErrors()).isZero();
        }
    }
}
