package io.floodmark.cli;

import io.floodmark.load.config.Loaded;
import io.floodmark.load.registry.Workloads;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the commands that take a run's settings have in common.
final class SettingCommand {

    private static final int USAGE_WIDTH = 100;

    private SettingCommand() {}

    /// What such a command does.
    interface Action {

        /// Runs with the settings as resolved.
        ///
        /// @return the exit code
        int run(Loaded loaded, ParseResult parsed) throws Exception;
    }

    /// A command that loads the settings and runs `action`.
    static CommandSpec spec(Action action, String name, String description, String... footer) {
        CommandSpec[] self = new CommandSpec[1];
        CommandLine.Model.CommandSpec spec =
                CommandSpec.wrapWithoutInspection(
                        (java.util.concurrent.Callable<Integer>)
                                () -> {
                                    ParseResult parsed = self[0].commandLine().getParseResult();
                                    Loaded loaded = SettingOptions.load(parsed, System.getenv());
                                    // Before a server is started for a workload that does not
                                    // exist.
                                    Workloads.named(loaded.config().load().workload());
                                    return action.run(loaded, parsed);
                                });
        self[0] = spec;
        spec.name(name).mixinStandardHelpOptions(true).versionProvider(new Version());
        spec.usageMessage().description(description).footer(withGap(footer)).width(USAGE_WIDTH);
        spec.usageMessage().sortOptions(false).sortSynopsis(false).abbreviateSynopsis(true);
        SettingOptions.addTo(spec);
        return spec;
    }

    private static String[] withGap(String... footer) {
        String[] lines = new String[footer.length + 1];
        lines[0] = "";
        System.arraycopy(footer, 0, lines, 1, footer.length);
        return lines;
    }
}
