package io.floodmark.bench.harness;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Runs a benchmark's command line: mistakes and misfortunes become one line and exit code 1.
public final class Launcher {

    private static final int SETUP = 1;
    private static final int USAGE_WIDTH = 100;

    private static final OptionSpec HELP =
            OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build();

    private Launcher() {}

    /// The command line of `command`, to be executed once.
    public static CommandLine of(Callable<Integer> command) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.getCommandSpec().addOption(HELP);
        return commandLine
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(Launcher::usageMistake)
                .setExecutionExceptionHandler(Launcher::failure);
    }

    private static int usageMistake(CommandLine.ParameterException mistake, String[] arguments) {
        String name = mistake.getCommandLine().getCommandName();
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println(name + ": " + mistake.getMessage());
        err.println("Try: bench/" + name + " --help");
        return SETUP;
    }

    /// Only our own errors get a stack trace.
    private static int failure(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof SetupFailure misfortune) {
            command.getErr().println(command.getCommandName() + ": " + misfortune.getMessage());
            return SETUP;
        }
        throw failure;
    }
}
