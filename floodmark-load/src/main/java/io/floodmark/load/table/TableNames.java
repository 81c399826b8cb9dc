package io.floodmark.load.table;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The names of the workload's table and indexes, quoted for SQL.
///
/// @param table the table's name as configured, `name` or `schema.name`; validated by the
///   configuration
record TableNames(String table) {

    String quoted() {
        return Arrays.stream(table.split("\\.", 2))
                .map(TableNames::quote)
                .collect(Collectors.joining("."));
    }

    /// The name of the index on `column`. An index lives in its table's schema.
    String quotedIndex(String column) {
        String bare = table.substring(table.lastIndexOf('.') + 1);
        return quote("idx_" + bare + "_" + column);
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
