package io.floodmark.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Latency distributions with a long tail, as a histogram would give them.
final class Distributions {

    private static final double[] PERCENTILES = {
        0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 99.995, 100
    };

    private Distributions() {}

    static Supplement supplement() {
        return Supplement.of(
                Map.of("response", curve(4.1), "service", curve(3.1), "wait", curve(0.4)),
                Map.of(
                        "server_version", "PostgreSQL 18.1",
                        "cpu", "8 × x86-64",
                        "java", "25.0.3+9",
                        "note", "<b>not markup</b>"));
    }

    private static List<DistributionPoint> curve(double scale) {
        List<DistributionPoint> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            double nines = -Math.log10(1 - Math.min(percentile, 99.999) / 100);
            points.add(new DistributionPoint(percentile, scale * Math.pow(2.2, nines) * 0.8));
        }
        return points;
    }
}
