package io.floodmark.load.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.Latency;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Each rule at its line: what is at the limit passes, what is above does not, and says its
/// numbers.
final class CertificateRulesTest {

    private static final long DUE = 10_000;

    /// A generator that was not the limit; what a test is about is replaced.
    private record Given(
            double ceiling,
            double peak,
            long due,
            long disturbed,
            OptionalDouble cpu,
            double throttled) {

        static final Given HEALTHY = new Given(1e6, 300, DUE, 0, OptionalDouble.of(10), 0);

        Given disturbed(long number) {
            return new Given(ceiling, peak, due, number, cpu, throttled);
        }

        Given due(long number) {
            return new Given(ceiling, peak, number, disturbed, cpu, throttled);
        }

        Given rates(double newCeiling, double newPeak) {
            return new Given(newCeiling, newPeak, due, disturbed, cpu, throttled);
        }

        Given cpu(double percent) {
            return new Given(ceiling, peak, due, disturbed, OptionalDouble.of(percent), throttled);
        }

        Given cpuUnknown() {
            return new Given(ceiling, peak, due, disturbed, OptionalDouble.empty(), throttled);
        }

        Given throttled(double millis) {
            return new Given(ceiling, peak, due, disturbed, cpu, millis);
        }

        Certificate judged() {
            return CertificateRules.judge(
                    new CertificateRules.Evidence(
                            new Calibration(ceiling, 1),
                            peak,
                            due,
                            disturbed,
                            Latency.NONE,
                            1.5,
                            30,
                            new GeneratorWatch.Totals(12, 34, 5, cpu, throttled)));
        }
    }

    @Test
    void healthy_generator_is_valid_without_a_word() {
        Certificate certificate = Given.HEALTHY.judged();

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.faults()).isEmpty();
        assertThat(certificate.notes()).isEmpty();
        assertThat(certificate.pauseMillisMax()).isEqualTo(12);
        assertThat(certificate.pauseMillisTotal()).isEqualTo(34);
        assertThat(certificate.gcMillis()).isEqualTo(5);
        assertThat(certificate.lagLimitMillis()).isEqualTo(1.5);
    }

    @Test
    void short_disturbance_is_a_note() {
        Certificate certificate = Given.HEALTHY.disturbed(DUE / 100).judged();

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.disturbedPercent()).isEqualTo(1);
        assertThat(certificate.notes())
                .singleElement()
                .asString()
                .contains("100 of 10000", "(1.00 %)", "1.5 ms", "1 %");
    }

    @Test
    void disturbance_of_more_than_one_percent_is_a_fault() {
        Certificate certificate = Given.HEALTHY.disturbed(DUE / 100 + 1).judged();

        assertThat(certificate.valid()).isFalse();
        assertThat(certificate.notes()).isEmpty();
        assertThat(certificate.faults())
                .singleElement()
                .asString()
                .contains("101 of 10000", "(1.01 %)", "the limit is 1 %");
    }

    @Test
    void nothing_due_disturbs_nothing() {
        assertThat(Given.HEALTHY.due(0).judged().disturbedPercent()).isZero();
    }

    @Test
    void rate_above_four_fifths_of_the_ceiling_is_a_fault() {
        assertThat(Given.HEALTHY.rates(1_000, 800).judged().valid()).isTrue();
        assertThat(Given.HEALTHY.rates(1_000, 801).judged().faults())
                .singleElement()
                .asString()
                .contains("1,000 operations/s", "801 were asked for", "80 %");
    }

    @Test
    void without_calibration_and_in_a_closed_loop_no_ceiling_is_judged() {
        assertThat(Given.HEALTHY.rates(0, 1e9).judged().valid()).isTrue();
        assertThat(Given.HEALTHY.rates(10, 0).judged().valid()).isTrue();
    }

    @Test
    void busy_generator_is_a_fault() {
        assertThat(Given.HEALTHY.cpu(80).judged().valid()).isTrue();
        assertThat(Given.HEALTHY.cpuUnknown().judged().valid()).isTrue();
        assertThat(Given.HEALTHY.cpu(91).judged().faults())
                .singleElement()
                .asString()
                .contains("91 %", "the limit is 80 %");
    }

    @Test
    void throttled_generator_is_a_fault() {
        assertThat(Given.HEALTHY.throttled(300).judged().valid()).isTrue();
        assertThat(Given.HEALTHY.throttled(301).judged().faults())
                .singleElement()
                .asString()
                .contains("301 ms of 30 s", "the limit is 1 %");
    }

    @Test
    void every_fault_is_told() {
        Certificate certificate =
                Given.HEALTHY.disturbed(5_000).rates(1, 2).cpu(99).throttled(9_999).judged();

        assertThat(certificate.faults()).hasSize(4);
    }
}
