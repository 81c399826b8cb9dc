package io.floodmark.store.postgres.tune;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The places that tuning changes: `postgresql.auto.conf` through `ALTER SYSTEM`, and storage
/// parameters. Knows how to read, set and reset one of them; decides nothing.
final class ServerFiles {

    private static final String SYSTEM_SETTINGS =
            """
            SELECT DISTINCT ON (name) name, setting FROM pg_file_settings
            WHERE sourcefile ~ '[/\\\\]postgresql\\.auto\\.conf$'
            ORDER BY name, seqno DESC
            """;
    private static final String OPTIONS =
            """
            SELECT reloptions FROM pg_class WHERE oid = to_regclass(?)
            """;
    // Commands take no parameters, so the server itself quotes what goes into them.
    private static final String SET_SYSTEM = "SELECT format('ALTER SYSTEM SET %I = %L', ?, ?)";
    private static final String RESET_SYSTEM = "SELECT format('ALTER SYSTEM RESET %I', ?)";
    private static final String SET_TABLE =
            "SELECT format('ALTER TABLE %s SET (%I = %L)', to_regclass(?), ?, ?)";
    private static final String RESET_TABLE =
            "SELECT format('ALTER TABLE %s RESET (%I)', to_regclass(?), ?)";
    private static final String RELOAD = "SELECT pg_reload_conf()";
    private static final String LOADED = "SELECT pg_conf_load_time()::text";
    private static final String PAUSE = "SELECT pg_sleep(0.05)";
    private static final int PAUSES = 100;

    private final Connection connection;

    ServerFiles(Connection connection) {
        this.connection = connection;
    }

    /// The entries that `ALTER SYSTEM` has made.
    Map<String, String> systemSettings() throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SYSTEM_SETTINGS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return settings;
    }

    /// What is set there now.
    Before present(Change change) throws SQLException {
        Optional<String> value =
                switch (change) {
                    case Change.SystemSetting setting ->
                            Optional.ofNullable(systemSettings().get(setting.setting()));
                    case Change.TableParameter parameter ->
                            Optional.ofNullable(
                                    tableParameters(parameter.table()).get(parameter.parameter()));
                };
        return value.<Before>map(Before.Value::new).orElse(new Before.Unset());
    }

    private Map<String, String> tableParameters(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPTIONS)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? ServerReader.parameters(row.getArray(1)) : Map.of();
            }
        }
    }

    /// Sets the new value.
    void set(Change change) throws SQLException {
        put(change, new Before.Value(change.value()));
    }

    /// Restores the former value.
    void restore(Change change) throws SQLException {
        put(change, change.before());
    }

    private void put(Change change, Before wanted) throws SQLException {
        String command =
                switch (change) {
                    case Change.SystemSetting setting ->
                            switch (wanted) {
                                case Before.Value(String text) ->
                                        text(SET_SYSTEM, setting.setting(), text);
                                case Before.Unset() -> text(RESET_SYSTEM, setting.setting());
                            };
                    case Change.TableParameter parameter ->
                            switch (wanted) {
                                case Before.Value(String text) ->
                                        text(
                                                SET_TABLE,
                                                parameter.table(),
                                                parameter.parameter(),
                                                text);
                                case Before.Unset() ->
                                        text(RESET_TABLE, parameter.table(), parameter.parameter());
                            };
                };
        execute(command);
    }

    /// Lets the server read its files again, and waits until this session has the result.
    void reload() throws SQLException {
        String before = text(LOADED);
        text(RELOAD);
        for (int pause = 0; pause < PAUSES && text(LOADED).equals(before); pause++) {
            text(PAUSE);
        }
    }

    void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    /// First column of the first row, empty when there is none.
    String text(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                String value = row.next() ? row.getString(1) : null;
                return value == null ? "" : value;
            }
        }
    }
}
