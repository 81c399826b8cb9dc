package io.floodmark.load.config;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A configuration, where each of its values came from, and what the user should know about it.
///
/// @param config the typed values
/// @param values every setting in the order of [Settings#ALL], secrets masked
/// @param notices one line each, without secrets
public record Loaded(RunConfig config, List<Resolved> values, List<String> notices) {

    public Loaded {
        values = List.copyOf(values);
        notices = List.copyOf(notices);
    }

    /// The values by name, secrets masked, for [io.floodmark.load.record.RunInfo].
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        values.forEach(value -> settings.put(value.name(), value.value()));
        return settings;
    }
}
