package io.floodmark.cli;

import io.floodmark.ingest.flow.BreakerSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/// Options of the breaker around the sink.
final class BreakerOptions {
    @Option(
            names = "--breaker-batches",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Batches in --breaker-window before the sink may be left alone (default: ${DEFAULT-VALUE})")
    private int batches = 1;

    @Option(
            names = "--breaker-failures",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description =
                    "Share of them that failed, or was slow, at which it is (default: ${DEFAULT-VALUE})")
    private int percent = 50;

    @Option(
            names = "--breaker-window",
            paramLabel = "S",
            defaultValue = "5",
            description = "Over which time they count (default: ${DEFAULT-VALUE})")
    private int windowSeconds = 5;

    @Option(
            names = "--breaker-slow",
            paramLabel = "S",
            defaultValue = "10",
            description = "From which time on a batch is slow (default: ${DEFAULT-VALUE})")
    private int slowSeconds = 10;

    @Option(
            names = "--breaker-open",
            paramLabel = "S",
            defaultValue = "2",
            description =
                    "How long the sink is left alone, with 503 for requests, before one batch is tried (default:"
                            + " ${DEFAULT-VALUE})")
    private int openSeconds = 2;

    /// When the sink is left alone.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    BreakerSettings settings() {
        return new BreakerSettings(
                Duration.ofSeconds(windowSeconds),
                batches,
                percent,
                Duration.ofSeconds(slowSeconds),
                Duration.ofSeconds(openSeconds));
    }
}
