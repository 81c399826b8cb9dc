package io.floodmark.bench.pgbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PgbenchOutputTest {

    private static final String VERSION_15 =
            """
            pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.6)
            transaction type: /tmp/select.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 8
            number of threads: 1
            maximum number of tries: 1
            duration: 10 s
            number of transactions actually processed: 492873
            number of failed transactions: 0 (0.000%)
            latency average = 0.162 ms
            initial connection time = 21.640 ms
            tps = 49381.126012 (without initial connection time)
            """;

    private static final String VERSION_13 =
            """
            transaction type: /tmp/select.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 8
            number of threads: 1
            duration: 10 s
            number of transactions actually processed: 400000
            latency average = 0.200 ms
            tps = 39990.104321 (including connections establishing)
            tps = 40010.520011 (excluding connections establishing)
            """;

    @Test
    void version_15_is_read() {
        assertThat(PgbenchOutput.parse(VERSION_15))
                .isEqualTo(new PgbenchOutput(49381.126012, 492873, 0));
    }

    @Test
    void of_the_two_rates_before_version_14_the_one_without_connecting_is_read() {
        assertThat(PgbenchOutput.parse(VERSION_13).perSecond()).isEqualTo(40010.520011);
    }

    @Test
    void windows_line_ends_and_warnings_around_do_not_matter() {
        String text = "pgbench: warning: something\n" + VERSION_15.replace("\n", "\r\n") + "bye";

        assertThat(PgbenchOutput.parse(text).transactions()).isEqualTo(492873);
    }

    @Test
    void failed_transactions_are_read() {
        String text = VERSION_15.replace("transactions: 0 (0.000%)", "transactions: 17 (0.003%)");

        assertThat(PgbenchOutput.parse(text).failed()).isEqualTo(17);
    }

    @Test
    void text_without_a_rate_is_shown_in_the_message() {
        assertThatThrownBy(() -> PgbenchOutput.parse("pgbench: error: connection refused"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connection refused");
    }
}
