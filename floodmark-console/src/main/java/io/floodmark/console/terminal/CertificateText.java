package io.floodmark.console.terminal;

import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunResult;
import java.util.OptionalDouble;

/// The generator's testimony about itself, in words.
final class CertificateText {

    private CertificateText() {}

    static void write(RunResult result, TextPage page) {
        Certificate certificate = result.certificate();
        page.title(
                "Generator certificate: "
                        + (certificate.valid()
                                ? "valid"
                                : "INVALID, the result is not the target's"));
        page.item("ceiling   " + ceiling(certificate.calibration()))
                .item("headroom  " + headroom(result))
                .item("lag       " + lag(certificate.lagWithFreeWorker()))
                .item("disturbed " + disturbed(certificate))
                .item(
                        Figures.format(
                                "pauses    longest %s ms, all %s ms, garbage collection %s ms",
                                Figures.millis(certificate.pauseMillisMax()),
                                Figures.millis(certificate.pauseMillisTotal()),
                                Figures.millis(certificate.gcMillis())))
                .item(
                        Figures.format(
                                "cpu       %s, throttled for %s ms",
                                cpu(certificate.cpuPercent()),
                                Figures.millis(certificate.throttledMillis())));
        certificate.faults().forEach(fault -> page.item("✗ " + fault));
        certificate.notes().forEach(note -> page.item("note: " + note));
    }

    private static String ceiling(Calibration calibration) {
        return Figures.format(
                "%s/s with a target that does nothing, measured for %.1f s",
                Figures.perSecond(calibration.ceilingPerSecond()), calibration.seconds());
    }

    private static String headroom(RunResult result) {
        boolean closed = result.info().closedLoop();
        long operations = closed ? result.account().done() : result.account().due();
        if (operations == 0 || result.elapsedSeconds() <= 0) {
            return "unknown: nothing was " + (closed ? "achieved" : "offered");
        }
        double rate = operations / result.elapsedSeconds();
        return Figures.format(
                "%.1f × the %s rate",
                result.certificate().calibration().ceilingPerSecond() / rate,
                closed ? "achieved" : "offered");
    }

    private static String lag(Latency lag) {
        return lag.count() == 0
                ? "no arrival found a free worker"
                : Figures.format(
                        "with a free worker: p50 %s ms, p99 %s ms, max %s ms",
                        Figures.millis(lag.p50()),
                        Figures.millis(lag.p99()),
                        Figures.millis(lag.max()));
    }

    private static String disturbed(Certificate certificate) {
        return Figures.format(
                "%s arrivals (%.2f %%) later than %s ms although a worker was free",
                Figures.grouped(certificate.disturbed()),
                certificate.disturbedPercent(),
                Figures.millis(certificate.lagLimitMillis()));
    }

    private static String cpu(OptionalDouble percent) {
        return percent.isEmpty() ? "unknown" : Figures.cpu(percent) + " of all cores";
    }
}
