package io.floodmark.cli;

import io.floodmark.console.report.DistributionPoint;
import io.floodmark.console.report.HtmlReport;
import io.floodmark.console.report.Supplement;
import io.floodmark.load.output.EnvironmentJson;
import io.floodmark.load.output.RunFolder;
import io.floodmark.load.record.RunObserver;
import io.floodmark.load.run.DistributionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Who watches a run: the one place where an output is registered.
///
/// @param observers take intervals, notices and the result
/// @param distributions take whole distributions
record Outputs(List<RunObserver> observers, List<DistributionObserver> distributions)
        implements AutoCloseable {

    private static final List<String> DISTRIBUTIONS = List.of("response", "service", "wait");

    /// The live view, the run folder, the report, and who else wants to watch.
    static Outputs of(
            Console console,
            RunFolder folder,
            Map<String, String> server,
            Duration reportInterval,
            Optional<RunObserver> more) {
        Distributions distributions = new Distributions();
        Map<String, String> environment = new TreeMap<>(EnvironmentJson.generator());
        server.forEach((name, value) -> environment.put("server " + name, value));
        HtmlReport report =
                new HtmlReport(
                        folder.path().resolve("report.html"),
                        () -> Supplement.of(distributions.points, environment));
        List<RunObserver> observers = new ArrayList<>();
        observers.add(console.view(reportInterval));
        observers.add(folder);
        observers.add(folder.guarded("report.html", report));
        more.ifPresent(observers::add);
        return new Outputs(observers, List.of(folder, distributions));
    }

    /// Keeps the run's distributions for the report's plot.
    private static final class Distributions implements DistributionObserver {
        private static final int TICKS_PER_HALF_DISTANCE = 5;
        private final Map<String, List<DistributionPoint>> points = new TreeMap<>();

        @Override
        public void run(Map<String, Histogram> histograms) {
            DISTRIBUTIONS.forEach(name -> points.put(name, curve(histograms.get(name))));
        }

        private static List<DistributionPoint> curve(
                @org.jspecify.annotations.Nullable Histogram histogram) {
            List<DistributionPoint> curve = new ArrayList<>();
            if (histogram != null && histogram.getTotalCount() > 0) {
                histogram
                        .percentiles(TICKS_PER_HALF_DISTANCE)
                        .forEach(value ->
                                curve.add(
                                        new DistributionPoint(
                                                value.getPercentileLevelIteratedTo(),
                                                value.getValueIteratedTo() / 1e6)));
            }
            return curve;
        }
    }

    /// Gives the terminal back; the result may then be printed.
    @Override
    public void close() {
        observers.forEach(RunObserver::close);
    }
}
