package io.floodmark.load.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Everything that a configuration is made of.
///
/// @param flags values by flag name without dashes; a switch without value has an empty list
/// @param environment the process's environment
/// @param dotEnv the `.env` file, when there is one
/// @param scenario the YAML scenario or the name of one of ours, when there is one
/// @param seeds asked once for a seed when none is given
public record ConfigInputs(
        Map<String, List<String>> flags,
        Map<String, String> environment,
        Optional<Path> dotEnv,
        Optional<Path> scenario,
        LongSupplier seeds) {

    public ConfigInputs {
        // Sorted, so that mistakes are always told in the same order.
        flags =
                new TreeMap<>(
                        flags.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                entry -> List.copyOf(entry.getValue()))));
        environment = Map.copyOf(environment);
    }

    /// Without the values: the environment holds secrets.
    @Override
    public String toString() {
        return "ConfigInputs[flags="
                + flags.keySet()
                + ", dotEnv="
                + dotEnv
                + ", scenario="
                + scenario
                + "]";
    }
}
