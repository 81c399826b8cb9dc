package io.floodmark.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class QuotaTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_sender_without_quota_may_send_all() {
        Quota quota = new Quota(OptionalLong.empty(), OptionalLong.empty(), 0);

        assertThat(quota.take(Integer.MAX_VALUE, Long.MAX_VALUE, 0)).isEmpty();
    }

    @Test
    void a_debt_is_paid_before_the_next_request() {
        Quota quota = new Quota(OptionalLong.of(10), OptionalLong.empty(), 0);
        assertThat(quota.take(120, 0, 0)).isEmpty();

        assertThat(quota.take(1, 0, 0))
                .hasValueSatisfying(wait ->
                        assertThat(wait)
                                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_101)));
        assertThat(quota.take(1, 0, 3 * SECOND)).isEmpty();
    }

    @Test
    void bytes_count_apart_from_events() {
        Quota quota = new Quota(OptionalLong.of(1_000), OptionalLong.of(100), 0);
        assertThat(quota.take(1, 1_000, 0)).isEmpty();

        assertThat(quota.take(1, 1, 0)).isPresent();
        assertThat(quota.take(1, 1, SECOND)).isEmpty();
    }
}
