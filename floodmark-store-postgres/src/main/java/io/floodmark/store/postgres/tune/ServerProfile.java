package io.floodmark.store.postgres.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a running server says about itself, at one moment.
///
/// @param identity the cluster, for the file that keeps former values
/// @param version as the server writes it
/// @param majorVersion its first number
/// @param role what the server does
/// @param settings the settings that rules know, by name
/// @param walCompressions methods that it was built with
/// @param tables tables of the store
/// @param indexes doubtful indexes and on which tables they are
public record ServerProfile(
        ServerIdentity identity,
        String version,
        int majorVersion,
        Role role,
        Map<String, PresentSetting> settings,
        Set<String> walCompressions,
        List<PresentTable> tables,
        Map<Doubtful.Index, List<String>> indexes) {

    /// Copies the collections.
    public ServerProfile {
        settings = Map.copyOf(settings);
        walCompressions = Set.copyOf(walCompressions);
        tables = List.copyOf(tables);
        indexes = Map.copyOf(indexes);
    }

    /// The setting, if this version has it.
    public Optional<PresentSetting> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }
}
