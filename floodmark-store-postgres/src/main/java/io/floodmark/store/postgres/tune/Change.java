package io.floodmark.store.postgres.tune;

/// One change of a server, with what was there before.
public sealed interface Change {

    /// What it sets, in words.
    String what();

    /// The new value.
    String value();

    /// What was set at the same place before.
    Before before();

    /// An entry of `postgresql.auto.conf`, which `ALTER SYSTEM` writes.
    record SystemSetting(String setting, String value, Before before) implements Change {
        @Override
        public String what() {
            return setting;
        }
    }

    /// A storage parameter of a table.
    ///
    /// @param table schema and name, quoted where needed
    record TableParameter(String table, String parameter, String value, Before before)
            implements Change {
        @Override
        public String what() {
            return parameter + " of " + table;
        }
    }
}
