package io.floodmark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `floodmark store`: an event store on PostgreSQL, from its tables to its log.
@Command(
        name = "store",
        description =
                "Works on an event store in PostgreSQL: makes it, reads and writes it, checks it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            StoreInitCommand.class,
            StoreAppendCommand.class,
            StoreReadCommand.class,
            StoreTailCommand.class,
            StoreStatsCommand.class,
            StoreVerifyCommand.class,
            StoreExportCommand.class,
            StoreImportCommand.class,
            StoreServeDcbCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark local up                          a PostgreSQL 18 to play with",
            "  floodmark store init                        make the store's tables in it",
            "  floodmark store append --type BookAdded --tag book=42 --payload '{\"title\":\"Emma\"}'",
            "  floodmark store read --tag book=42",
            "  floodmark store tail --name mails --json",
            "  floodmark store verify",
            "  floodmark store tune                        what the server should be set to",
            "",
            "Without --url or DB_HOST, the server that floodmark local up keeps is used."
        })
final class StoreCommand implements Callable<Integer> {

    // Picocli replaces the fields with annotations before it calls a command.
    @Spec private CommandSpec spec = CommandSpec.create();

    private StoreCommand() {}

    /// The command with all its subcommands.
    static CommandLine commandLine(Console console) {
        return new CommandLine(new StoreCommand())
                .addSubcommand("tune", StoreTuneCommand.spec(console));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "store needs a command: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
