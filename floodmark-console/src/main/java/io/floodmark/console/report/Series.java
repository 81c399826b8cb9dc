package io.floodmark.console.report;

import io.floodmark.load.record.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The seconds of a run in bounded memory, however long it is.
///
/// Holds at most [#POINTS_MAX] points. When they are full, neighbours merge and each point stands
/// for twice as many seconds: counts add up, latencies and levels keep their worst value, so no
/// peak disappears. Confined to the observer's thread.
final class Series {

    static final int POINTS_MAX = 1_200;

    private List<double[]> points = new ArrayList<>();
    private int intervalsPerPoint = 1;
    private int intervalsInLastPoint;

    void add(Interval interval) {
        double[] point = Column.ALL.stream().mapToDouble(c -> c.of(interval)).toArray();
        if (!points.isEmpty() && intervalsInLastPoint < intervalsPerPoint) {
            points.set(points.size() - 1, merged(points.getLast(), point));
            intervalsInLastPoint++;
            return;
        }
        if (points.size() == POINTS_MAX) {
            halve();
        }
        points.add(point);
        intervalsInLastPoint = 1;
    }

    int intervalsPerPoint() {
        return intervalsPerPoint;
    }

    /// Each column's values by its name; a column without any value is left out.
    Map<String, double[]> columns() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (int i = 0; i < Column.ALL.size(); i++) {
            int index = i;
            double[] values = points.stream().mapToDouble(p -> p[index]).toArray();
            if (values.length == 0 || hasNumber(values)) {
                columns.put(Column.ALL.get(i).label(), rounded(values));
            }
        }
        return columns;
    }

    private void halve() {
        List<double[]> half = new ArrayList<>(POINTS_MAX);
        for (int i = 0; i + 1 < points.size(); i += 2) {
            half.add(merged(points.get(i), points.get(i + 1)));
        }
        points = half;
        intervalsPerPoint *= 2;
    }

    private static double[] merged(double[] earlier, double[] later) {
        double[] both = new double[Column.ALL.size()];
        for (int i = 0; i < both.length; i++) {
            both[i] = Column.ALL.get(i).merged(earlier[i], later[i]);
        }
        return both;
    }

    private static boolean hasNumber(double[] values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /// To a thousandth: a microsecond is finer than any pixel and keeps the file small.
    private static double[] rounded(double[] values) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            rounded[i] = Double.isNaN(value) ? value : Math.rint(value * 1_000) / 1_000;
        }
        return rounded;
    }
}
