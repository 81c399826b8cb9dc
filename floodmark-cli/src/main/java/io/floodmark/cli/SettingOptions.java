package io.floodmark.cli;

import io.floodmark.load.config.ConfigInputs;
import io.floodmark.load.config.ConfigLoader;
import io.floodmark.load.config.Loaded;
import io.floodmark.load.config.Presets;
import io.floodmark.load.config.Setting;
import io.floodmark.load.config.Settings;
import io.floodmark.load.time.SeededRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The command-line options of a command that takes a run's settings: one for each setting, made
/// from its description, so that help, flags and messages cannot differ.
final class SettingOptions {

    private static final String SCENARIO = "--scenario";
    private static final String ENV_FILE = "--env-file";
    private static final Path ENV_FILE_DEFAULT = Path.of(".env");

    private static final List<Setting<?>> SERVER =
            List.of(
                    Settings.URL,
                    Settings.HOST,
                    Settings.PORT,
                    Settings.USER,
                    Settings.DATABASE,
                    Settings.SSL_MODE);

    private SettingOptions() {}

    /// Adds all options to `spec`.
    static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder(SCENARIO)
                        .type(Path.class)
                        .paramLabel("NAME|FILE")
                        .description(
                                "%s, or a YAML file with settings by name"
                                        .formatted(String.join(", ", Presets.names())))
                        .build());
        addEnvFile(spec);
        Settings.ALL.stream().filter(Setting::hasFlag).forEach(s -> spec.addOption(option(s)));
    }

    /// Adds the options that name a server, for commands that make no run.
    static void addServerTo(CommandSpec spec) {
        SERVER.stream().filter(Setting::hasFlag).forEach(s -> spec.addOption(option(s)));
        addEnvFile(spec);
    }

    private static void addEnvFile(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder(ENV_FILE)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("file with variables, default .env if there is one")
                        .build());
    }

    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option =
                OptionSpec.builder("--" + setting.name()).description(description(setting));
        return switch (setting.use()) {
            case SWITCH ->
                    option.type(String.class)
                            .arity("0..1")
                            .fallbackValue("true")
                            .hideParamSyntax(true)
                            .build();
            case LIST ->
                    option.type(List.class)
                            .auxiliaryTypes(String.class)
                            .arity("1")
                            .paramLabel("VALUE")
                            .build();
            case VALUE, SECRET -> option.type(String.class).arity("1").paramLabel("VALUE").build();
        };
    }

    private static String[] description(Setting<?> setting) {
        StringBuilder text = new StringBuilder(setting.description());
        if (setting.use() == Setting.Use.VALUE || setting.use() == Setting.Use.LIST) {
            text.append(": ").append(setting.range());
            text.append("; default ").append(setting.fallback().words());
        }
        if (!setting.environment().isEmpty()) {
            text.append(" [").append(String.join(", ", setting.environment())).append(']');
        }
        return new String[] {text.toString().replace("%", "%%")};
    }

    /// The configuration that `parsed`, environment and files amount to.
    static Loaded load(ParseResult parsed, Map<String, String> environment) {
        return load(Settings.ALL, parsed, environment);
    }

    /// The same, but of the options only those of [#addServerTo].
    static Loaded loadServer(ParseResult parsed, Map<String, String> environment) {
        return load(SERVER, parsed, environment);
    }

    private static Loaded load(
            List<Setting<?>> settings, ParseResult parsed, Map<String, String> environment) {
        Map<String, List<String>> flags = new TreeMap<>();
        for (Setting<?> setting : settings) {
            String name = "--" + setting.name();
            if (setting.hasFlag() && parsed.hasMatchedOption(name)) {
                flags.put(setting.name(), parsed.matchedOption(name).originalStringValues());
            }
        }
        return ConfigLoader.load(
                new ConfigInputs(
                        flags,
                        environment,
                        envFile(parsed),
                        Optional.ofNullable(parsed.matchedOptionValue(SCENARIO, null)),
                        SeededRandom::freshSeed));
    }

    private static Optional<Path> envFile(ParseResult parsed) {
        Optional<Path> given = Optional.ofNullable(parsed.matchedOptionValue(ENV_FILE, null));
        return given.or(() -> Optional.of(ENV_FILE_DEFAULT).filter(Files::isRegularFile));
    }
}
