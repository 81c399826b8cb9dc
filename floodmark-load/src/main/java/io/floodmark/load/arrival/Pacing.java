package io.floodmark.load.arrival;

/// Who sets the pace of a run.
public sealed interface Pacing {

    /// Arrivals come whatever the target does: the honest way to measure latency.
    record Open(ArrivalProcess process) implements Pacing {}

    /// Each worker starts its next operation when the last one has ended: measures throughput, and
    /// latency only as long as nothing stalls (Schroeder, Wierman, Harchol-Balter, NSDI 2006).
    record Closed() implements Pacing {}

    /// The pacing in words.
    default String describe() {
        return switch (this) {
            case Open(ArrivalProcess process) -> process.describe();
            case Closed() -> "closed loop, no offered rate";
        };
    }
}
