package io.floodmark.load.threshold;

import io.floodmark.load.threshold.Measure.LatencyMetric;
import io.floodmark.load.threshold.Measure.LatencyStatistic;
import io.floodmark.load.threshold.Measure.OutcomeCount;
import io.floodmark.load.threshold.Measure.OutcomeShare;
import io.floodmark.load.threshold.Measure.Statistic;
import io.floodmark.load.threshold.Measure.Throughput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A hand-written parser of one threshold, so that every error can say where and what. One thread,
/// one use.
final class ThresholdParser {

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern AGGREGATION = Pattern.compile("[A-Za-z]+(?:[0-9.]+|\\([^)]*\\))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,9})?");
    private static final Pattern UNIT = Pattern.compile("[A-Za-zµ%/]+");

    private static final String STATISTICS = "p50, p90, p95, p99, p99.9, med, avg or max";
    private static final String SIGNS = "one of < <= > >= ==";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final String text;
    private int position;

    ThresholdParser(String expression) {
        this.text = expression.strip();
    }

    Threshold parse() {
        Measure measure = measure();
        Operator operator = operator();
        double limit = limit(measure).doubleValue();
        skipSpace();
        if (position < text.length()) {
            throw expected(position, "the end");
        }
        return new Threshold(text, measure, operator, limit);
    }

    private Measure measure() {
        int start = start();
        String name = take(WORD).orElseThrow(() -> expected(start, metrics()));
        for (LatencyMetric metric : LatencyMetric.ALL) {
            if (metric.label().equals(name)) {
                String kind = kind(metric);
                return new LatencyStatistic(metric, kind, statistic());
            }
        }
        for (Outcome outcome : Outcome.ALL) {
            if (outcome.label().equals(name)) {
                return outcome(outcome);
            }
        }
        if (!name.equals("throughput")) {
            throw expected(start, metrics());
        }
        aggregationOf(List.of("rate"));
        return new Throughput();
    }

    private static String metrics() {
        List<String> names =
                new ArrayList<>(LatencyMetric.ALL.stream().map(LatencyMetric::label).toList());
        names.addAll(Outcome.ALL.stream().map(Outcome::label).toList());
        return "a metric, one of " + String.join(", ", names) + " or throughput";
    }

    private String kind(LatencyMetric metric) {
        int brace = start();
        if (!accept("{")) {
            return "";
        }
        if (!metric.byKind()) {
            throw expected(brace, "\":\", because " + metric.label() + " is not kept by kind");
        }
        int start = start();
        String kind = take(KIND).orElseThrow(() -> expected(start, "a kind such as insert"));
        skipSpace();
        if (!accept("}")) {
            throw expected(position, "\"}\" after the kind");
        }
        return kind;
    }

    private Statistic statistic() {
        colon();
        int start = start();
        String written = take(AGGREGATION).orElseThrow(() -> expected(start, STATISTICS));
        return switch (written.replaceAll("[() ]", "")) {
            case "p50", "med" -> Statistic.P50;
            case "p90" -> Statistic.P90;
            case "p95" -> Statistic.P95;
            case "p99" -> Statistic.P99;
            case "p99.9" -> Statistic.P999;
            case "avg" -> Statistic.AVERAGE;
            case "max" -> Statistic.MAX;
            default -> throw expected(start, STATISTICS);
        };
    }

    private Measure outcome(Outcome outcome) {
        return aggregationOf(List.of("rate", "count")).equals("rate")
                ? new OutcomeShare(outcome)
                : new OutcomeCount(outcome);
    }

    private String aggregationOf(List<String> allowed) {
        colon();
        int start = start();
        return take(AGGREGATION)
                .filter(allowed::contains)
                .orElseThrow(() -> expected(start, String.join(" or ", allowed)));
    }

    private void colon() {
        skipSpace();
        if (!accept(":")) {
            throw expected(position, "\":\" and an aggregation");
        }
    }

    private Operator operator() {
        skipSpace();
        for (Operator operator : Operator.ALL) {
            if (accept(operator.sign())) {
                return operator;
            }
        }
        throw expected(position, SIGNS);
    }

    private BigDecimal limit(Measure measure) {
        int start = start();
        String example = exampleOfLimit(measure);
        BigDecimal number =
                take(NUMBER)
                        .map(BigDecimal::new)
                        .orElseThrow(() -> expected(start, "a limit such as " + example));
        int unitStart = start();
        String unit = take(UNIT).orElse("");
        BigDecimal limit =
                scaled(measure, number, unit)
                        .orElseThrow(() -> expected(unitStart, unitsOf(measure)));
        requirePossible(measure, limit, start);
        return limit;
    }

    private void requirePossible(Measure measure, BigDecimal limit, int start) {
        if (measure instanceof OutcomeShare && limit.compareTo(BigDecimal.ONE) > 0) {
            throw expected(start, "a share of at most 100% (or 1)");
        }
        if (measure instanceof OutcomeCount && limit.stripTrailingZeros().scale() > 0) {
            throw expected(start, "a whole number");
        }
    }

    /// The limit in the unit of the observation, or nothing when the unit does not fit.
    private static Optional<BigDecimal> scaled(Measure measure, BigDecimal number, String unit) {
        return switch (measure) {
            case LatencyStatistic _ ->
                    switch (unit) {
                        case "us", "µs" -> Optional.of(number.divide(THOUSAND));
                        case "ms", "" -> Optional.of(number);
                        case "s" -> Optional.of(number.multiply(THOUSAND));
                        default -> Optional.empty();
                    };
            case OutcomeShare _ ->
                    switch (unit) {
                        case "%" -> Optional.of(number.divide(HUNDRED));
                        case "" -> Optional.of(number);
                        default -> Optional.empty();
                    };
            case OutcomeCount _ -> unit.isEmpty() ? Optional.of(number) : Optional.empty();
            case Throughput _ ->
                    switch (unit) {
                        case "/s", "" -> Optional.of(number);
                        case "/m" -> Optional.of(perSecond(number, 60));
                        case "/h" -> Optional.of(perSecond(number, 3600));
                        default -> Optional.empty();
                    };
        };
    }

    private static BigDecimal perSecond(BigDecimal number, int seconds) {
        return number.divide(BigDecimal.valueOf(seconds), MathContext.DECIMAL64);
    }

    private static String exampleOfLimit(Measure measure) {
        return switch (measure) {
            case LatencyStatistic _ -> "50ms";
            case OutcomeShare _ -> "1%";
            case OutcomeCount _ -> "10";
            case Throughput _ -> "290/s";
        };
    }

    private static String unitsOf(Measure measure) {
        return switch (measure) {
            case LatencyStatistic _ -> "the unit us, ms or s";
            case OutcomeShare _ -> "\"%\" or no unit";
            case OutcomeCount _ -> "no unit after a count";
            case Throughput _ -> "the unit /s, /m or /h";
        };
    }

    private int start() {
        skipSpace();
        return position;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean accept(String sign) {
        boolean fits = text.startsWith(sign, position);
        position += fits ? sign.length() : 0;
        return fits;
    }

    private Optional<String> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher.group());
    }

    private ThresholdSyntaxException expected(int at, String what) {
        return new ThresholdSyntaxException(text, at + 1, what);
    }
}
