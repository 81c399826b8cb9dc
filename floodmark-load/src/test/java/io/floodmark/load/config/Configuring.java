package io.floodmark.load.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/// The inputs of one configuration, put together by a test; files are real.
final class Configuring {

    private static final long SEED = 4711;

    private final Path folder;
    private final Map<String, List<String>> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> dotEnv = Optional.empty();
    private Optional<Path> scenario = Optional.empty();

    Configuring(Path folder) {
        this.folder = folder;
    }

    Configuring flag(String name, String... values) {
        flags.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    Configuring environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Configuring dotEnv(String text) {
        dotEnv = Optional.of(file(".env", text));
        return this;
    }

    Configuring dotEnv(Path file) {
        dotEnv = Optional.of(file);
        return this;
    }

    Configuring scenario(String text) {
        scenario = Optional.of(file("load.yaml", text));
        return this;
    }

    Configuring scenario(Path file) {
        scenario = Optional.of(file);
        return this;
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    Loaded load() {
        return ConfigLoader.load(
                new ConfigInputs(flags, environment, dotEnv, scenario, () -> SEED));
    }

    RunConfig config() {
        return load().config();
    }

    /// The lines of the refusal.
    List<String> refusal() {
        return Assertions.catchThrowableOfType(ConfigurationException.class, this::load).lines();
    }

    static Mix mix(String text) {
        return SettingReader.parsed(Settings.MIX, text);
    }

    static Resolved resolved(Loaded loaded, String name) {
        return loaded.values().stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
