package io.floodmark.load.preflight;

/// What a workload creates in the database, and may drop.
public sealed interface OwnObject {

    /// Its name as SQL writes it.
    String sql();

    /// A table of it as SQL writes it.
    String table();

    /// A table.
    ///
    /// @param sql its name as SQL writes it, possibly with its schema
    record Table(String sql) implements OwnObject {

        private static final String IDENTIFIER = "([\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"\\x00]+\")";

        public Table {
            if (!sql.matches(IDENTIFIER + "(\\." + IDENTIFIER + ")?")) {
                throw new IllegalArgumentException(
                        "table name '%s' is not an SQL name; use letters, digits and _, or schema.name"
                                .formatted(sql));
            }
        }

        @Override
        public String table() {
            return sql;
        }
    }

    /// A schema with everything in it.
    ///
    /// @param name a plain identifier in lower case
    record Schema(String name) implements OwnObject {

        public Schema {
            if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
                throw new IllegalArgumentException(
                        "schema name '%s' is not a plain name; use a-z, 0-9 and _".formatted(name));
            }
        }

        @Override
        public String sql() {
            return '"' + name + '"';
        }

        @Override
        public String table() {
            return sql() + ".\"events\"";
        }
    }
}
