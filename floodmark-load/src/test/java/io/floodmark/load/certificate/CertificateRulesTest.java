package io.floodmark.load.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.certificate.CertificateRules.Evidence;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.Latency;
import org.junit.jupiter.api.Test;

class CertificateRulesTest {

    private static final GeneratorWatch.Totals CALM = new GeneratorWatch.Totals(3, 9, 12, 20, 0);

    private static Evidence evidence(
            double peakPerSecond, long disturbed, GeneratorWatch.Totals totals) {
        return new Evidence(
                new Calibration(100_000, 1),
                peakPerSecond,
                10_000,
                disturbed,
                Latency.NONE,
                1,
                30,
                totals);
    }

    @Test
    void a_calm_generator_is_certified() {
        Certificate certificate = CertificateRules.judge(evidence(300, 0, CALM));

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.notes()).isEmpty();
    }

    @Test
    void a_disturbance_of_up_to_one_percent_is_a_note() {
        Certificate certificate = CertificateRules.judge(evidence(300, 100, CALM));

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.notes())
                .containsExactly(
                        "100 of 10000 due arrivals (1.00 %) reached a worker more than 1.0 ms late"
                                + " although one was free; the limit is 1 %");
    }

    @Test
    void a_disturbance_of_more_than_one_percent_is_a_fault() {
        Certificate certificate = CertificateRules.judge(evidence(300, 101, CALM));

        assertThat(certificate.valid()).isFalse();
        assertThat(certificate.disturbedPercent()).isEqualTo(1.01);
    }

    @Test
    void a_rate_too_near_to_the_ceiling_is_a_fault() {
        assertThat(CertificateRules.judge(evidence(80_000, 0, CALM)).valid()).isTrue();
        assertThat(CertificateRules.judge(evidence(80_001, 0, CALM)).faults())
                .singleElement()
                .asString()
                .contains("can offer 100,000 operations/s, and 80,001 were asked for");
    }

    @Test
    void a_busy_generator_is_a_fault() {
        GeneratorWatch.Totals busy = new GeneratorWatch.Totals(3, 9, 12, 81, 0);

        assertThat(CertificateRules.judge(evidence(300, 0, busy)).faults())
                .containsExactly("the generator itself used 81 % of all cores; the limit is 80 %");
    }

    @Test
    void a_throttled_generator_is_a_fault() {
        GeneratorWatch.Totals throttled = new GeneratorWatch.Totals(3, 9, 12, 20, 301);

        assertThat(CertificateRules.judge(evidence(300, 0, throttled)).faults())
                .singleElement()
                .asString()
                .contains("throttled the generator for 301 ms of 30 s");
    }
}
