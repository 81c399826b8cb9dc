package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// The rules about tables, on the tables that the store makes.
final class StoreTablesTest {

    @Test
    void tables_of_a_new_store_keep_every_rule_and_have_no_doubtful_index() {
        try (LocalPostgres server = LocalPostgres.start()) {
            StoreNames names = new StoreNames("floodmark", "a_");
            DataSource source = source(server);
            new StoreSchema(names).init(source, StorageSettings.defaults());

            try (TunedServer tuned = TunedServer.open(source::getConnection, names)) {
                ServerProfile profile = tuned.profile();
                Advice advice = Advisor.compare(TuningFacts.of(Role.PRIMARY, 1L << 30, 1), profile);

                assertThat(advice.tables()).hasSize(TableRule.ALL.size());
                assertThat(advice.tables()).allMatch(line -> line.differing().isEmpty());
                assertThat(profile.indexes()).isEmpty();
            }
        }
    }

    private static DataSource source(LocalPostgres server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }
}
