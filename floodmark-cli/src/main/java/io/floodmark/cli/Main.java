package io.floodmark.cli;

import io.floodmark.cli.store.BadLine;
import io.floodmark.ingest.clickhouse.ClickHouseNotReady;
import io.floodmark.ingest.journal.JournalException;
import io.floodmark.ingest.kafka.KafkaNotReady;
import io.floodmark.ingest.postgres.SinkNotReady;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.SessionPool;
import io.floodmark.local.LocalServerException;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.tune.TuningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `floodmark`.
@Command(
        name = "floodmark",
        description = "Event systems on PostgreSQL, and the truth about how much they can take.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {LocalCommand.class, IngestCommand.class},
        footer = {
            "",
            "Examples:",
            "  floodmark run               load a private PostgreSQL 18 for 30 s and report",
            "  floodmark run --url postgresql://app@db.example/bench --rate 2000/s",
            "  floodmark doctor --url postgresql://app@db.example/bench",
            "  floodmark local up          keep a PostgreSQL 18 running here",
            "  floodmark ingest            take events over HTTP into PostgreSQL",
            "  floodmark store --help      make, read, write, check and tune an event store",
            "",
            "Exit codes: 0 pass, 1 setup or usage, 2 aborted, 3 SLO missed, 4 result invalid,",
            "            5 preflight refused, 130 interrupted"
        })
public final class Main implements Runnable {

    private static final int SETUP = 1;
    private static final int ABORTED = 2;

    private final CommandLine commandLine = new CommandLine(this);

    public static void main(String[] arguments) {
        System.exit(new Main().execute(arguments));
    }

    /// Runs a command line and returns its exit code.
    int execute(String... arguments) {
        commandLine.addSubcommand(new RunCommand(Console.system()).spec());
        commandLine.addSubcommand(new DoctorCommand(Console.system()).spec());
        commandLine.addSubcommand(StoreCommand.commandLine(Console.system()));
        // An argument @FILE is read by the option that takes it, not spread over the command line.
        commandLine.setExpandAtFiles(false);
        commandLine.setParameterExceptionHandler(Main::usageMistake);
        commandLine.setExecutionExceptionHandler(Main::failure);
        return commandLine.execute(arguments);
    }

    @Override
    public void run() {
        commandLine.usage(System.out);
    }

    private static int usageMistake(CommandLine.ParameterException mistake, String[] arguments) {
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println("floodmark: " + UsageMistakes.sentence(mistake));
        err.println(
                "Try: %s --help"
                        .formatted(mistake.getCommandLine().getCommandSpec().qualifiedName()));
        return SETUP;
    }

    /// Mistakes and misfortunes get their sentence; only our own errors get a stack trace.
    private static int failure(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        PrintWriter err = command.getErr();
        switch (failure) {
            case ConfigurationException mistakes ->
                    mistakes.lines().forEach(line -> err.println("floodmark: " + line));
            case ConnectionFailure misfortune -> err.println("floodmark: " + misfortune.sentence());
            case LocalServerException misfortune ->
                    err.println("floodmark: " + misfortune.getMessage());
            case SinkNotReady misfortune -> err.println("floodmark: " + misfortune.getMessage());
            case ClickHouseNotReady misfortune ->
                    err.println("floodmark: " + misfortune.getMessage());
            case KafkaNotReady misfortune -> err.println("floodmark: " + misfortune.getMessage());
            case JournalException misfortune -> err.println("floodmark: " + misfortune.sentence());
            case TuningException misfortune -> err.println("floodmark: " + misfortune.sentence());
            case SessionPool.Timeout misfortune ->
                    err.println("floodmark: " + misfortune.getMessage());
            case BadLine mistake -> err.println("floodmark: " + mistake.getMessage());
            case StoreException misfortune -> {
                err.println("floodmark: " + misfortune.getMessage());
                return storeCode(misfortune);
            }
            case UncheckedIOException misfortune ->
                    err.println("floodmark: " + misfortune.getMessage());
            case IOException misfortune -> err.println("floodmark: " + misfortune);
            default -> throw failure;
        }
        return SETUP;
    }

    /// Whether the user has to change something first, or the store could not do its work now.
    private static int storeCode(StoreException failure) {
        return switch (failure) {
            case StoreNotReady _, StoreUnavailable _, DuplicateEventId _ -> SETUP;
            case AppendOutcomeUnknown _,
                    DeadlineExceeded _,
                    StoreOverloaded _,
                    OperationCancelled _ ->
                    ABORTED;
        };
    }
}
