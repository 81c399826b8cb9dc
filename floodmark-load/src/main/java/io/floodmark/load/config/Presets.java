package io.floodmark.load.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Scenarios that come with the program, by name. A file of such a name is meant by its path:
/// `./steady`.
public final class Presets {

    private static final List<String> NAMES = List.of("steady", "ramp", "spike", "soak");

    private Presets() {}

    /// Their names, in the order in which they are shown.
    public static List<String> names() {
        return NAMES;
    }

    static Optional<TextFile> find(String name) {
        return NAMES.contains(name)
                ? Optional.of(new TextFile(name, text(name)))
                : Optional.empty();
    }

    private static String text(String name) {
        try (InputStream in = Presets.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the scenario " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the scenario " + name + " cannot be read", e);
        }
    }
}
