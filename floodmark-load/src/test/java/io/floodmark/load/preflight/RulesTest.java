package io.floodmark.load.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.config.AfterRun;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The judgements about states of a server that a test cannot bring about.
final class RulesTest {

    @Test
    void unknown_versions_are_warnings() {
        assertThat(SettingRules.version(140_012, "14.12").outcome()).isEqualTo(Outcome.WARN);
        assertThat(SettingRules.version(150_000, "15.0").outcome()).isEqualTo(Outcome.PASS);
        assertThat(SettingRules.version(180_006, "18.6").outcome()).isEqualTo(Outcome.PASS);
        assertThat(SettingRules.version(190_000, "19.0").outcome()).isEqualTo(Outcome.WARN);
    }

    @Test
    void old_transaction_ids_are_a_warning() {
        assertThat(StorageRules.transactionAge("a", 1_000_000_000).outcome())
                .isEqualTo(Outcome.PASS);
        Check old = StorageRules.transactionAge("a", 1_000_000_001);

        assertThat(old.outcome()).isEqualTo(Outcome.WARN);
        assertThat(old.sentence()).contains("1,000,000,001 transactions old, in database 'a'");
    }

    @Test
    void slots_that_retain_much_are_a_warning_even_when_they_are_read() {
        long much = (1L << 30) + 1;

        assertThat(
                        StorageRules.replicationSlots(new StorageRules.Slots(1, 0, much, 4096))
                                .outcome())
                .isEqualTo(Outcome.WARN);
        assertThat(StorageRules.replicationSlots(new StorageRules.Slots(1, 0, 5, -1)).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(StorageRules.replicationSlots(new StorageRules.Slots(1, 1, 5, 64)).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void disk_keeps_its_reserve() {
        long gib = 1L << 30;

        assertThat(StorageRules.disk(4 * gib, OptionalLong.of(gib)).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(StorageRules.disk(4 * gib - 1, OptionalLong.of(gib)).outcome())
                .isEqualTo(Outcome.REFUSE);
        assertThat(StorageRules.disk(gib - 1, OptionalLong.empty()).outcome())
                .isEqualTo(Outcome.REFUSE);
        assertThat(StorageRules.disk(gib, OptionalLong.of(Long.MAX_VALUE)).outcome())
                .isEqualTo(Outcome.REFUSE);
    }

    @Test
    void statement_timeout_matters_only_below_the_deadline() {
        Duration second = Duration.ofSeconds(1);

        assertThat(SettingRules.statementTimeout(Duration.ZERO, second).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(SettingRules.statementTimeout(second, second).outcome()).isEqualTo(Outcome.PASS);
        assertThat(SettingRules.statementTimeout(second, Duration.ZERO).outcome())
                .isEqualTo(Outcome.WARN);
    }

    @Test
    void headroom_shows_the_whole_sum() {
        PreflightPlan plan =
                new PreflightPlan(
                        50,
                        1,
                        5,
                        OptionalLong.empty(),
                        new OwnObject.Table("loads"),
                        Duration.ZERO,
                        false,
                        false,
                        AfterRun.DROP);

        assertThat(ConnectionRules.headroom(new SlotUse(100, 3, 0, 12, 0), plan, "app").sentence())
                .isEqualTo(
                        "100 max − 3 superuser − 0 reserved − 12 in use = 85; 50 wanted + 1 monitor leaves 34, at least 5 must stay free");
    }
}
