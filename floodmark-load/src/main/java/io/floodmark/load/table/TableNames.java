package io.floodmark.load.table;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The names of the workload's table and indexes, quoted for SQL.
///
/// @param table the table's name as configured, `name` or `schema.name`; validated by the
///   configuration
record TableNames(String table) {

    private static final int NAME_LENGTH_MAX = 63;

    String quoted() {
        return Arrays.stream(table.split("\\.", 2))
                .map(TableNames::quote)
                .collect(Collectors.joining("."));
    }

    /// The name of the index on `column`, or nothing when it would be too long: PostgreSQL would
    /// cut it off, so that the names of two indexes could be equal; without one it chooses a free
    /// name. An index lives in its table's schema.
    String quotedIndex(String column) {
        String bare = table.substring(table.lastIndexOf('.') + 1);
        String name = "idx_" + bare + "_" + column;
        return name.length() <= NAME_LENGTH_MAX ? quote(name) : "";
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
