package io.floodmark.load.threshold;

import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;

/// A service-level objective such as `response:p99<50ms`, in the grammar of k6.
///
/// | metric | aggregation | limit |
/// |---|---|---|
/// | `response`, `service`, `wait`, `lag` | `p50` `p90` `p95` `p99` `p99.9` `med` `avg` `max` | `50ms`, `1s`, `800us`; milliseconds without unit |
/// | `failed`, `conflicted`, `timed_out`, `rejected`, `skipped`, `done` | `rate` (share of the due arrivals) | `1%` or `0.01` |
/// | the same | `count` | whole number |
/// | `throughput` | `rate` | `290/s`; operations completed |
///
/// Operators are `<`, `<=`, `>`, `>=` and `==`; `p(99)` is `p99`; `response{insert}` looks at one
/// kind of operation. Immutable.
public final class Threshold {

    static final String EXAMPLE = "response:p99<50ms";

    private final String expression;
    private final Measure measure;
    private final Operator operator;
    private final double limit;

    Threshold(String expression, Measure measure, Operator operator, double limit) {
        this.expression = expression;
        this.measure = measure;
        this.operator = operator;
        this.limit = limit;
    }

    /// Reads one threshold.
    ///
    /// @throws ThresholdSyntaxException when it does not follow the grammar
    public static Threshold parse(String expression) {
        return new ThresholdParser(expression).parse();
    }

    /// As the user wrote it.
    public String expression() {
        return expression;
    }

    /// Judges a finished run. A value known only by a lower bound passes no upper limit, and a
    /// distribution without operations passes nothing.
    public ThresholdResult evaluate(RunResult result) {
        Observation observed = measure.of(result);
        return new ThresholdResult(expression, observed.text(), observed.passes(operator, limit));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Threshold that && expression.equals(that.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    @Override
    public String toString() {
        return expression;
    }
}
