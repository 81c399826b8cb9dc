package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules, without a server.
final class TuningRulesTest {

    private static final long GIBIBYTE = 1L << 30;

    private static List<String> names(TuningFacts facts) {
        return TuningRules.recommend(facts).stream().map(Recommendation::setting).toList();
    }

    private static Recommendation recommended(TuningFacts facts, String setting) {
        return TuningRules.recommend(facts).stream()
                .filter(it -> it.setting().equals(setting))
                .findFirst()
                .orElseThrow();
    }

    private static String value(TuningFacts facts, String setting) {
        return recommended(facts, setting).target().value();
    }

    private static TuningFacts primary(WriteLoad load, long walBytes, String... compressions) {
        return new TuningFacts(
                8 * GIBIBYTE, 4, 18, Role.PRIMARY, 100, load, walBytes, Set.of(compressions));
    }

    @Nested
    class Values {

        @ParameterizedTest
        @CsvSource({"1, 256MB, 768MB, 64MB", "8, 2GB, 6GB, 512MB", "128, 16GB, 96GB, 2GB"})
        void memory_follows_the_size_of_the_machine(
                long gibibytes, String buffers, String cache, String maintenance) {
            TuningFacts facts = TuningFacts.of(Role.PRIMARY, gibibytes * GIBIBYTE, 4);

            assertThat(value(facts, "shared_buffers")).isEqualTo(buffers);
            assertThat(value(facts, "effective_cache_size")).isEqualTo(cache);
            assertThat(value(facts, "maintenance_work_mem")).isEqualTo(maintenance);
        }

        @Test
        void all_sessions_sorting_at_once_stay_under_an_eighth_of_the_memory() {
            TuningFacts facts =
                    new TuningFacts(
                            8 * GIBIBYTE,
                            4,
                            18,
                            Role.PRIMARY,
                            200,
                            new WriteLoad.Unknown(),
                            GIBIBYTE,
                            Set.of("pglz"));

            assertThat(value(facts, "work_mem")).isEqualTo("5MB");
            assertThat(value(facts, "max_connections")).isEqualTo("200");
        }

        @Test
        void log_is_sized_by_the_write_rate_and_limited_by_the_disk() {
            WriteLoad busy = new WriteLoad.Known(5_000);

            // 5,000/s × 1 kB × 900 s × 2
            assertThat(value(primary(busy, 64 * GIBIBYTE, "pglz"), "max_wal_size"))
                    .isEqualTo("9GB");
            assertThat(value(primary(busy, 5 * GIBIBYTE, "pglz"), "max_wal_size")).isEqualTo("5GB");
            assertThat(
                            value(
                                    primary(new WriteLoad.Known(1), 64 * GIBIBYTE, "pglz"),
                                    "max_wal_size"))
                    .isEqualTo("4GB");
            assertThat(
                            value(
                                    primary(new WriteLoad.Unknown(), 64 * GIBIBYTE, "pglz"),
                                    "max_wal_size"))
                    .isEqualTo("8GB");
        }

        @Test
        void log_is_compressed_by_the_best_method_that_the_server_has() {
            WriteLoad load = new WriteLoad.Unknown();
            TuningFacts all = primary(load, GIBIBYTE, "pglz", "lz4", "zstd");

            assertThat(value(all, "wal_compression")).isEqualTo("lz4");
            assertThat(value(primary(load, GIBIBYTE, "pglz"), "wal_compression")).isEqualTo("pglz");
            Target wanted = recommended(all, "wal_compression").target();
            assertThat(wanted.metBy("zstd", "")).isTrue();
            assertThat(wanted.metBy("off", "")).isFalse();
        }
    }

    @Nested
    class Roles {

        @Test
        void primary_gets_no_replica_settings() {
            TuningFacts primary = TuningFacts.of(Role.PRIMARY, GIBIBYTE, 1);

            assertThat(names(primary))
                    .contains("autovacuum")
                    .doesNotContain("hot_standby_feedback");
            assertThat(TuningRules.recommend(primary)).allMatch(Recommendation::active);
        }

        @Test
        void replica_gets_vacuum_settings_only_for_its_promotion() {
            TuningFacts replica = TuningFacts.of(Role.REPLICA, GIBIBYTE, 1);

            assertThat(recommended(replica, "autovacuum").active()).isFalse();
            assertThat(recommended(replica, "hot_standby_feedback").active()).isTrue();
            assertThat(recommended(replica, "shared_buffers").active()).isTrue();
        }

        @Test
        void settings_that_must_not_be_lower_on_a_replica_are_the_same() {
            for (String setting : List.of("max_connections", "max_locks_per_transaction")) {
                assertThat(value(TuningFacts.of(Role.REPLICA, GIBIBYTE, 1), setting))
                        .isEqualTo(value(TuningFacts.of(Role.PRIMARY, GIBIBYTE, 1), setting));
            }
        }
    }

    @Nested
    class Consistency {

        @Test
        void no_setting_is_recommended_twice() {
            assertThat(TuningRules.ALL).extracting(Rule::setting).doesNotHaveDuplicates();
        }

        @Test
        void recommended_value_satisfies_its_own_rule() {
            for (Role role : Role.values()) {
                for (long memory : new long[] {TuningFacts.MEMORY_MIN, GIBIBYTE, 512 * GIBIBYTE}) {
                    assertThat(TuningRules.recommend(TuningFacts.of(role, memory, 2)))
                            .allSatisfy(it ->
                                    assertThat(it.target().metBy(it.target().value(), ""))
                                            .as(it.setting())
                                            .isTrue());
                }
            }
        }

        @Test
        void no_recommended_value_shows_the_sign_of_a_doubtful_advice() {
            for (Role role : Role.values()) {
                TuningFacts facts = TuningFacts.of(role, 8 * GIBIBYTE, 4);
                for (Doubtful doubtful : DoubtfulAdvice.on(role)) {
                    if (doubtful.sign() instanceof Doubtful.Sign.SettingBetween sign
                            && names(facts).contains(sign.setting())) {
                        String value = value(facts, sign.setting());
                        assertThat(sign.seenIn(value, "")).as(doubtful.advice()).isFalse();
                    }
                }
            }
        }

        @Test
        void facts_outside_what_the_rules_know_are_refused() {
            assertThatThrownBy(() -> TuningFacts.of(Role.PRIMARY, 100L << 20, 1))
                    .hasMessageContaining("at least 256MB");
            assertThatThrownBy(() -> TuningFacts.of(Role.PRIMARY, GIBIBYTE, 0))
                    .hasMessageContaining("cores");
            assertThatThrownBy(() -> new WriteLoad.Known(0)).hasMessageContaining("above 0");
        }
    }
}
