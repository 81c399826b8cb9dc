package io.floodmark.load.preflight;

/// What the run should do after a look at the server.
public sealed interface GovernorOutcome {

    /// Go on with the full pool.
    ///
    /// @param counts what was seen
    record Steady(ServerCounts counts) implements GovernorOutcome {}

    /// Hold at most so many connections until told otherwise.
    ///
    /// @param reason the arithmetic
    /// @param allowedPoolSize at least 1; rises again when others leave
    record BackOff(String reason, int allowedPoolSize) implements GovernorOutcome {}

    /// End the run: going on would harm others.
    ///
    /// @param reason the arithmetic
    record Stop(String reason) implements GovernorOutcome {}

    /// The server could not be seen; go on as before.
    ///
    /// @param reason why
    record Blind(String reason) implements GovernorOutcome {}
}
