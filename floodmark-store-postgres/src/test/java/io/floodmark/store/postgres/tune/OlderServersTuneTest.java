package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.postgres.OlderServers;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The advice on real servers before version 18.
final class OlderServersTuneTest {
    private static final long MEBIBYTE = 1L << 20;

    @TempDir private Path folder;

    private static TuningFacts facts(int major) {
        return new TuningFacts(
                512 * MEBIBYTE,
                2,
                major,
                Role.PRIMARY,
                TuningFacts.CONNECTIONS_DEFAULT,
                new WriteLoad.Unknown(),
                TuningFacts.WAL_BYTES_DEFAULT,
                Set.of(TuningFacts.COMPRESSION_BUILT_IN));
    }

    private static LocalPostgres start(int major, TuningFacts facts) {
        LocalPostgres.Options options = OlderServers.options(major);
        for (Recommendation it : TuningRules.recommend(facts)) {
            options = options.with(it.setting(), it.target().value());
        }
        return LocalPostgres.start(options);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17})
    void server_starts_with_all_that_is_recommended_for_its_version(int major) {
        TuningFacts facts = facts(major);
        try (LocalPostgres server = start(major, facts);
                TunedServer tuned = open(server)) {
            ServerProfile profile = tuned.profile();

            assertThat(profile.majorVersion()).isEqualTo(major);
            assertThat(Advisor.compare(facts, profile).settings())
                    .hasSizeGreaterThan(30)
                    .allMatch(line -> line.standing() instanceof Advice.Standing.Fine);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17})
    void advice_is_applied_and_reverted(int major) {
        Path saved = folder.resolve("saved");
        try (LocalPostgres server = LocalPostgres.start(OlderServers.options(major))) {
            var _ =
                    new StoreSchema(StoreNames.defaults())
                            .init(OlderServers.plain(server), StorageSettings.defaults());
            try (TunedServer tuned = open(server)) {
                Advice before = Advisor.compare(facts(major), tuned.profile());
                List<Outcome> outcomes = tuned.apply(tuned.plan(before, Set.of()), saved);

                assertThat(outcomes)
                        .hasSizeGreaterThan(10)
                        .extracting(Outcome::result)
                        .allMatch(OlderServersTuneTest::succeeded);
                assertThat(tuned.revert(saved))
                        .extracting(Outcome::result)
                        .allMatch(Outcome.Result.Restored.class::isInstance);
                assertThat(saved).doesNotExist();
            }
        }
    }

    private static boolean succeeded(Outcome.Result result) {
        return result instanceof Outcome.Result.InForce
                || result instanceof Outcome.Result.AfterRestart;
    }

    private static TunedServer open(LocalPostgres server) {
        return TunedServer.open(OlderServers.plain(server)::getConnection, StoreNames.defaults());
    }
}
