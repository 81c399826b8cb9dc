package io.floodmark.load.certificate;

import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The rules by which a result testifies that the generator was not its limit. The thresholds are
/// explained in `docs/certificate.md`.
public final class CertificateRules {

    /// More disturbed arrivals than this make the whole run invalid.
    private static final double DISTURBED_PERCENT_MAX = 1;

    /// A generator busier than this has no reserve for bursts (Hyperfoil's watchdog and k6's manual
    /// draw the line at the same place).
    private static final double CPU_PERCENT_MAX = 80;

    /// The highest share of the calibrated ceiling that may be offered.
    private static final double CEILING_SHARE_MAX = 0.8;

    private static final double THROTTLED_SHARE_MAX = 0.01;

    private CertificateRules() {}

    /// What the rules look at.
    ///
    /// @param calibration measured ceiling; zero per second when calibration was switched off
    /// @param peakPerSecond highest offered rate; zero in a closed loop
    /// @param due due arrivals
    /// @param disturbed arrivals late by more than the limit although a worker was free
    /// @param elapsedSeconds length of the run
    public record Evidence(
            Calibration calibration,
            double peakPerSecond,
            long due,
            long disturbed,
            Latency lagWithFreeWorker,
            double lagLimitMillis,
            double elapsedSeconds,
            GeneratorWatch.Totals totals) {}

    /// Judges `evidence`.
    public static Certificate judge(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double disturbedPercent =
                evidence.due() == 0 ? 0 : 100.0 * evidence.disturbed() / evidence.due();
        judgeLag(evidence, disturbedPercent, faults, notes);
        judgeCeiling(evidence, faults);
        judgeCpu(evidence, faults);
        GeneratorWatch.Totals totals = evidence.totals();
        return new Certificate(
                evidence.calibration(),
                evidence.lagLimitMillis(),
                evidence.lagWithFreeWorker(),
                evidence.disturbed(),
                disturbedPercent,
                totals.pauseMillisMax(),
                totals.pauseMillisTotal(),
                totals.gcMillis(),
                totals.cpuPercent(),
                totals.throttledMillis(),
                faults,
                notes);
    }

    private static void judgeLag(
            Evidence evidence, double percent, List<String> faults, List<String> notes) {
        if (evidence.disturbed() == 0) {
            return;
        }
        String sentence =
                String.format(
                        Locale.ROOT,
                        "%d of %d due arrivals (%.2f %%) reached a worker more than %.1f ms late although one"
                                + " was free; the limit is %.0f %%",
                        evidence.disturbed(),
                        evidence.due(),
                        percent,
                        evidence.lagLimitMillis(),
                        DISTURBED_PERCENT_MAX);
        (percent > DISTURBED_PERCENT_MAX ? faults : notes).add(sentence);
    }

    private static void judgeCeiling(Evidence evidence, List<String> faults) {
        double ceiling = evidence.calibration().ceilingPerSecond();
        if (ceiling > 0 && evidence.peakPerSecond() > CEILING_SHARE_MAX * ceiling) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "this host's generator can offer %,.0f operations/s, and %,.0f were asked for;"
                                    + " the limit is %.0f %% of what it can",
                            ceiling,
                            evidence.peakPerSecond(),
                            100 * CEILING_SHARE_MAX));
        }
    }

    private static void judgeCpu(Evidence evidence, List<String> faults) {
        GeneratorWatch.Totals totals = evidence.totals();
        double cpu = totals.cpuPercent().orElse(0);
        if (cpu > CPU_PERCENT_MAX) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "the generator itself used %.0f %% of all cores; the limit is %.0f %%",
                            cpu,
                            CPU_PERCENT_MAX));
        }
        if (totals.throttledMillis() > THROTTLED_SHARE_MAX * 1e3 * evidence.elapsedSeconds()) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "the control group throttled the generator for %.0f ms of %.0f s; the limit is"
                                    + " %.0f %%",
                            totals.throttledMillis(),
                            evidence.elapsedSeconds(),
                            100 * THROTTLED_SHARE_MAX));
        }
    }
}
