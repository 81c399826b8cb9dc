package io.floodmark.console.terminal;

import java.util.List;

/// A row of block characters, one for each value, scaled from zero to the highest.
final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /// The newest `columns` values, oldest first.
    static String of(List<Double> values, int columns) {
        List<Double> shown =
                values.subList(Math.max(0, values.size() - Math.max(0, columns)), values.size());
        double highest = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder line = new StringBuilder(shown.size());
        for (double value : shown) {
            int level = highest > 0 ? (int) Math.round(value / highest * 7) : 0;
            line.append(BLOCKS.charAt(Math.clamp(level, 0, 7)));
        }
        return line.toString();
    }
}
