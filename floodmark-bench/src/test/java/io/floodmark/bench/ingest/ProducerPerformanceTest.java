package io.floodmark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProducerPerformanceTest {

    @Test
    void the_rate_is_that_of_the_steady_state() {
        assertThat(
                        ProducerPerformance.rate(
                                """
                                1000 records sent, 200.0 records/sec (0.10 MB/sec), 1.0 ms avg latency, 2.0 ms max latency.
                                3000 records sent, 500.5 records/sec (0.20 MB/sec), 1.0 ms avg latency, 2.0 ms max latency, 1 ms 50th, 2 ms 95th, 2 ms 99th, 2 ms 99.9th.
                                2000 steady state records sent, 812.25 records/sec (0.3 MB/sec), 1.0 ms avg latency, 2.0 ms max latency, 1 ms 50th, 2 ms 95th, 2 ms 99th, 2 ms 99.9th.
                                """))
                .hasValue(812.25);
    }

    @Test
    void nothing_is_read_from_other_words() {
        assertThat(ProducerPerformance.rate("java.lang.OutOfMemoryError")).isEmpty();
    }
}
