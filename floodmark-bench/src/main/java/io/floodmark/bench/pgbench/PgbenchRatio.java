package io.floodmark.bench.pgbench;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/pgbench-ratio`.
@Command(
        name = "pgbench-ratio",
        description = {
            "SELECT 1 and a single-row insert, prepared and in auto-commit mode, by the load engine in",
            "a closed loop and by pgbench in turns, on a private PostgreSQL 18 that it starts."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/pgbench-ratio",
            "  bench/pgbench-ratio --quick --json",
            "  bench/pgbench-ratio --clients 16 --runs 9 --seconds 30",
            "",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class PgbenchRatio implements Callable<Integer> {

    private static final double SECONDS = 10;
    private static final double SECONDS_QUICK = 3;

    /// What the private server's 200 connections leave room for.
    private static final int CLIENTS_MAX = 150;

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "8",
            description = "Connections of either side (default: ${DEFAULT-VALUE}).")
    private int clients;

    /// Made by [#main], and by tests.
    public PgbenchRatio() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new PgbenchRatio()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        // pgbench takes whole seconds; so do we, to run equally long.
        Duration asked = common.length(SECONDS, SECONDS_QUICK);
        Duration length = Duration.ofSeconds(asked.plusMillis(999).toSeconds());
        if (clients < 1 || clients > CLIENTS_MAX) {
            throw common.mistake(
                    "--clients is %d, allowed: 1 to %d".formatted(clients, CLIENTS_MAX));
        }
        PgbenchProgram pgbench = PgbenchProgram.find(System.getenv().getOrDefault("PATH", ""));
        common.tell("peer: " + pgbench.version() + ", " + pgbench.path());
        common.tell("starting a private PostgreSQL 18");
        try (LocalPostgres server = LocalPostgres.start()) {
            return measure(new Match(pgbench, server.address(), clients, length));
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Result> measure(Match match) throws Exception {
        common.tell(
                "%d clients; ours: workers on a session pool, pgbench: -j 1".formatted(clients));
        common.tell("warming up");
        for (BenchStatement statement : BenchStatement.values()) {
            match.ours(statement);
        }
        common.tell("");
        common.tell(RatioRound.HEADING);
        List<RatioRound> rounds = new ArrayList<>();
        for (int number = 0; number < common.rounds(); number++) {
            for (BenchStatement statement : BenchStatement.values()) {
                RatioRound round = match.round(number, statement);
                common.tell(round.line());
                rounds.add(round);
            }
        }
        return List.of(BenchStatement.values()).stream()
                .map(statement -> RatioRound.result(of(statement, rounds)))
                .toList();
    }

    private static List<RatioRound> of(BenchStatement statement, List<RatioRound> rounds) {
        return rounds.stream().filter(round -> round.statement() == statement).toList();
    }
}
