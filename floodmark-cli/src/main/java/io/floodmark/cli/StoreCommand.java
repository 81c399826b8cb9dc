package io.floodmark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `floodmark store`: the commands around an event store; each is a subcommand of its own class.
final class StoreCommand {

    private StoreCommand() {}

    static CommandSpec spec(Console console) {
        CommandSpec[] self = new CommandSpec[1];
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(
                        (Callable<Integer>)
                                () -> {
                                    CommandLine command = self[0].commandLine();
                                    throw new ParameterException(
                                            command,
                                            "store needs a command: "
                                                    + String.join(
                                                            ", ",
                                                            command.getSubcommands().keySet()));
                                });
        self[0] = spec;
        spec.name("store").mixinStandardHelpOptions(true).versionProvider(new Version());
        spec.usageMessage()
                .description("Works on an event store and on the PostgreSQL server below it.");
        spec.addSubcommand("tune", StoreTuneCommand.spec(console));
        return spec;
    }
}
