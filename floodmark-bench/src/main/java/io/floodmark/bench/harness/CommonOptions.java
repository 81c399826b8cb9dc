package io.floodmark.bench.harness;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every benchmark, and where it writes: JSON lines to standard output, the account
/// for people to standard error.
///
/// Exit codes: 0 all targets met, 1 setup or usage, 3 a target missed, 4 a measurement is invalid.
public final class CommonOptions {

    private static final int RUNS = 5;
    private static final int RUNS_QUICK = 3;
    private static final int RUNS_MAX = 1_000;
    private static final double SECONDS_MIN = 0.05;
    private static final double SECONDS_MAX = 3_600;
    private static final int TARGET_MISSED = 3;
    private static final int INVALID = 4;

    /// A host that does other work beside us makes the numbers worse, and noisier.
    private static final double IDLE_LOAD_MAX = 0.2;

    @Option(names = "--quick", description = "Short rounds, under a minute in all.")
    private boolean quick;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Interleaved rounds; results are their medians (default: 5, quick: 3).")
    private @Nullable Integer runs;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of each measurement (default: depends on the benchmark).")
    private @Nullable Double seconds;

    @Option(names = "--json", description = "Only the JSON lines, no account for people.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    public CommonOptions() {}

    /// What a benchmark does.
    @FunctionalInterface
    public interface Benchmark {

        /// Measures all rounds.
        List<Result> measure() throws Exception;
    }

    /// How many rounds.
    public int rounds() {
        int rounds = runs == null ? (quick ? RUNS_QUICK : RUNS) : runs;
        if (rounds < 1 || rounds > RUNS_MAX) {
            throw mistake("--runs is %d, allowed: 1 to %d".formatted(rounds, RUNS_MAX));
        }
        return rounds;
    }

    /// How long one measurement lasts, unless the user says otherwise.
    public Duration length(double full, double whenQuick) {
        double chosen = seconds == null ? (quick ? whenQuick : full) : seconds;
        if (!(chosen >= SECONDS_MIN && chosen <= SECONDS_MAX)) {
            throw mistake(
                    "--seconds is %s, allowed: %s to %s"
                            .formatted(chosen, SECONDS_MIN, SECONDS_MAX));
        }
        return Duration.ofNanos((long) (chosen * 1e9));
    }

    /// One of two defaults.
    public <T> T either(T full, T whenQuick) {
        return quick ? whenQuick : full;
    }

    /// A mistake in the command line, with a sentence that says what is allowed.
    public ParameterException mistake(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /// Runs the benchmark and writes its results.
    ///
    /// @return the exit code
    public int run(Benchmark benchmark) throws Exception {
        Machine machine = Machine.here();
        tell("machine: " + machine.describe());
        if (machine.load() > IDLE_LOAD_MAX * machine.cores()) {
            tell(
                    "the host is not idle: load average %.2f; expect worse numbers"
                            .formatted(machine.load()));
        }
        List<Result> results = benchmark.measure();
        tell("");
        results.forEach(result -> tell(Summary.of(result)));
        PrintWriter out = spec.commandLine().getOut();
        results.forEach(result -> out.println(JsonLine.of(result, machine)));
        out.flush();
        return exitCode(results);
    }

    private static int exitCode(List<Result> results) {
        if (!results.stream().allMatch(Result::valid)) {
            return INVALID;
        }
        return results.stream().allMatch(Result::ok) ? 0 : TARGET_MISSED;
    }

    /// A line for people.
    public void tell(String line) {
        if (!json) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(line);
            err.flush();
        }
    }
}
