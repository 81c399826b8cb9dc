package io.floodmark.bench.harness;

/// A result in one line for people.
final class Summary {

    private Summary() {}

    static String of(Result result) {
        return "%-32s %s %s%s; target %s: %s"
                .formatted(
                        result.name(),
                        number(result.values().median()),
                        result.unit(),
                        result.ratios().map(Summary::ratio).orElseGet(() -> range(result.values())),
                        result.target().text(),
                        verdict(result));
    }

    private static String ratio(Rounds ratios) {
        return ", ratio %.3f (%.3f to %.3f)".formatted(ratios.median(), ratios.min(), ratios.max());
    }

    private static String range(Rounds values) {
        return " (%s to %s)".formatted(number(values.min()), number(values.max()));
    }

    private static String number(double value) {
        return Math.abs(value) >= 1_000 ? "%,.0f".formatted(value) : Digits.plain(value);
    }

    private static String verdict(Result result) {
        if (!result.valid()) {
            return "INVALID";
        }
        return result.ok() ? "met" : "MISSED";
    }
}
