package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingValueTest {

    @ParameterizedTest
    @CsvSource({
        "2GB, 262144, 8kB",
        "15min, 900, s",
        "1s, 1000, ms",
        "16MB, 2048, 8kB",
        "5min, 300000, ms",
        "0, 0, ms",
        "0.9, 0.9, ''",
        "on, ON, ''",
        "pglz, pglz, ''"
    })
    void same_amount_in_other_units_is_the_same(String one, String other, String unit) {
        assertThat(SettingValue.same(one, other, unit)).isTrue();
        assertThat(SettingValue.same(other, one, unit)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2GB, 262143, 8kB", "1s, 1001, ms", "on, off, ''", "0.9, on, ''", "1min, 1, h"})
    void other_amounts_and_words_differ(String one, String other, String unit) {
        assertThat(SettingValue.same(one, other, unit)).isFalse();
    }

    @Test
    void unlimited_is_not_within_limits() {
        assertThat(SettingValue.between("-1", "1GB", "100GB", "MB")).isFalse();
        assertThat(SettingValue.between("2048", "1GB", "100GB", "MB")).isTrue();
        assertThat(SettingValue.between("off", "0", "1", "")).isFalse();
    }

    @Test
    void memory_is_written_without_fractions() {
        assertThat(SettingValue.memory(2L << 30)).isEqualTo("2GB");
        assertThat(SettingValue.memory((3L << 30) / 2)).isEqualTo("1536MB");
    }
}
