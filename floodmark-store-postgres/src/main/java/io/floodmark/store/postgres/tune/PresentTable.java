package io.floodmark.store.postgres.tune;

import java.util.Map;

/// A table of the store with its storage parameters.
///
/// @param name schema and name, quoted where needed
/// @param kind what it is used for
/// @param parameters those that are set
public record PresentTable(String name, TableKind kind, Map<String, String> parameters) {

    /// Copies the parameters.
    public PresentTable {
        parameters = Map.copyOf(parameters);
    }
}
