package io.floodmark.load.preflight;

import java.util.List;
import java.util.stream.Collectors;

/// All findings of a preflight, in a fixed order.
///
/// @param target what was checked (`host:port/database`)
/// @param checks every check, passed ones too
public record PreflightReport(String target, List<Check> checks) {

    public PreflightReport {
        checks = List.copyOf(checks);
    }

    /// Whether the run must not start.
    public boolean refused() {
        return !with(Outcome.REFUSE).isEmpty();
    }

    public List<Check> with(Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).toList();
    }

    /// What the user of a run that starts anyway should know: warnings, and what is unknown.
    public List<Check> remarks() {
        return checks.stream().filter(PreflightReport::remarkable).toList();
    }

    private static boolean remarkable(Check check) {
        return switch (check.outcome()) {
            case WARN, UNKNOWN -> true;
            case PASS, REFUSE -> false;
        };
    }

    /// One line for each check and a last one with the verdict.
    public String toText() {
        return checks.stream().map(Check::toText).collect(Collectors.joining("\n"))
                + "\n%s: %s\n".formatted(target, verdict());
    }

    private String verdict() {
        return refused()
                ? "refused, %d of %d checks".formatted(with(Outcome.REFUSE).size(), checks.size())
                : "safe to run, %d warnings, %d unknown"
                        .formatted(with(Outcome.WARN).size(), with(Outcome.UNKNOWN).size());
    }
}
