package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads a [ServerProfile]. It changes nothing.
final class ServerReader {

    private static final String IDENTITY =
            """
            SELECT s.system_identifier::text, current_setting('port')::int, current_database()::text,
                   current_setting('server_version'), current_setting('server_version_num')::int,
                   pg_is_in_recovery()
            FROM pg_control_system() s
            """;
    private static final String SETTINGS =
            """
            SELECT name, setting, coalesce(unit, ''), current_setting(name), source, context,
                   pending_restart, has_parameter_privilege(name, 'ALTER SYSTEM')
            FROM pg_settings WHERE name = ANY (?)
            """;
    private static final String COMPRESSIONS =
            """
            SELECT unnest(enumvals) FROM pg_settings WHERE name = 'wal_compression'
            """;
    // Parameters of a partitioned table's partitions are their own, so each leaf is looked at.
    private static final String TABLES =
            """
            SELECT c.oid::regclass::text, substring(c.relname from length(?) + 1), c.reloptions
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind = 'r' AND starts_with(c.relname, ?)
            ORDER BY c.relname
            """;
    private static final String INDEXES =
            """
            SELECT i.indexrelid::regclass::text,
                   m.amname = 'gin',
                   coalesce('fastupdate=off' = ANY (c.reloptions)
                            OR 'fastupdate=false' = ANY (c.reloptions), false),
                   (SELECT array_agg(a.attname::text ORDER BY k.place)
                    FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_am m ON m.oid = c.relam
            WHERE (n.nspname = ? OR t.relname = 'events') AND c.relkind = 'i'
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            ORDER BY 1
            """;
    private static final int VERSION_FACTOR = 10_000;

    private final Connection connection;
    private final StoreNames store;

    ServerReader(Connection connection, StoreNames store) {
        this.connection = connection;
        this.store = store;
    }

    ServerProfile read() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IDENTITY);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new ServerProfile(
                    new ServerIdentity(row.getString(1), row.getInt(2), row.getString(3)),
                    row.getString(4),
                    row.getInt(5) / VERSION_FACTOR,
                    row.getBoolean(6) ? Role.REPLICA : Role.PRIMARY,
                    settings(),
                    compressions(),
                    tables(),
                    indexes());
        }
    }

    Map<String, PresentSetting> settings() throws SQLException {
        Map<String, PresentSetting> settings = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
            Array names = connection.createArrayOf("text", known().toArray());
            statement.setArray(1, names);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    settings.put(row.getString(1), setting(row));
                }
            }
        }
        return settings;
    }

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        TuningRules.ALL.forEach(rule -> names.add(rule.setting()));
        for (Role role : Role.values()) {
            for (Doubtful doubtful : DoubtfulAdvice.on(role)) {
                if (doubtful.sign() instanceof Doubtful.Sign.SettingBetween sign) {
                    names.add(sign.setting());
                }
            }
        }
        return names;
    }

    private static PresentSetting setting(ResultSet row) throws SQLException {
        return new PresentSetting(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6).equals("postmaster") ? Activation.RESTART : Activation.RELOAD,
                row.getBoolean(7),
                row.getBoolean(8));
    }

    private Set<String> compressions() throws SQLException {
        Set<String> methods = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(COMPRESSIONS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                methods.add(row.getString(1));
            }
        }
        return methods;
    }

    private List<PresentTable> tables() throws SQLException {
        List<PresentTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, store.prefix());
            statement.setString(2, store.schema());
            statement.setString(3, store.prefix());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    Map<String, String> parameters = parameters(row.getArray(3));
                    TableKind.of(row.getString(2))
                            .ifPresent(
                                    kind -> tables.add(new PresentTable(name, kind, parameters)));
                }
            }
        }
        return tables;
    }

    /// `reloptions`, an array of `name=value`, as a map.
    static Map<String, String> parameters(@org.jspecify.annotations.Nullable Array options)
            throws SQLException {
        Map<String, String> parameters = new HashMap<>();
        if (options != null) {
            for (String option : (String[]) options.getArray()) {
                int equals = option.indexOf('=');
                parameters.put(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        return parameters;
    }

    private Map<Doubtful.Index, List<String>> indexes() throws SQLException {
        Map<Doubtful.Index, List<String>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            statement.setString(1, store.schema());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Array array = row.getArray(4);
                    List<String> columns =
                            array == null ? List.of() : List.of((String[]) array.getArray());
                    for (Doubtful.Index kind :
                            doubts(row.getBoolean(2), row.getBoolean(3), columns)) {
                        found.computeIfAbsent(kind, _ -> new ArrayList<>()).add(row.getString(1));
                    }
                }
            }
        }
        return found;
    }

    private static List<Doubtful.Index> doubts(
            boolean gin, boolean withoutPendingList, List<String> columns) {
        List<Doubtful.Index> doubts = new ArrayList<>();
        if (gin && !withoutPendingList) {
            doubts.add(Doubtful.Index.GIN_PENDING_LIST);
        }
        if (gin && columns.equals(List.of("metadata"))) {
            doubts.add(Doubtful.Index.GIN_METADATA);
        }
        if (!gin && (columns.equals(List.of("type")) || columns.equals(List.of("event_type")))) {
            doubts.add(Doubtful.Index.TYPE_ONLY);
        }
        return doubts;
    }
}
