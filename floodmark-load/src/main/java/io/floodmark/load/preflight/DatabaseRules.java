package io.floodmark.load.preflight;

import io.floodmark.load.config.AfterRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the database is ours to load: what others have in it, who else uses it, and whether the
/// workload's table is or can become ours.
final class DatabaseRules {

    static final String TABLES = "other tables";
    static final String APPLICATIONS = "other applications";
    static final String OWN_TABLE = "own table";
    static final String PRIVILEGE = "privilege";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String CONFIRM =
            "if this is the right database, confirm with --yes; else correct --host and --database"
                    + " (DB_HOST, DB_NAME)";

    /// Up to three names of foreign tables, each with the number of all.
    private static final String READ_TABLES =
            """
            SELECT n.nspname || '.' || c.relname, count(*) OVER ()
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
               AND n.nspname <> 'information_schema' AND NOT starts_with(n.nspname, 'pg_')
               AND NOT starts_with(coalesce(obj_description(c.oid, 'pg_class'), ''), ?)
               AND NOT starts_with(coalesce(obj_description(n.oid, 'pg_namespace'), ''), ?)
               AND c.oid IS DISTINCT FROM to_regclass(?)
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                                  AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY 1
             LIMIT 3
            """;

    /// Up to four applications with their sessions, each with the sessions of all.
    private static final String READ_APPLICATIONS =
            """
            SELECT coalesce(nullif(a.application_name, ''), 'unnamed') || ' (' || count(*) || ')',
                   sum(count(*)) OVER ()
              FROM pg_stat_activity a
             WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
               AND a.usesysid IS NOT NULL AND a.application_name <> ?
               AND (a.backend_type IS NULL OR a.backend_type = 'client backend')
             GROUP BY a.application_name
             ORDER BY count(*) DESC, a.application_name
             LIMIT 4
            """;

    private static final String READ_OWN_TABLE =
            """
            SELECT t.oid IS NOT NULL, coalesce(obj_description(t.oid, 'pg_class'), '')
              FROM (SELECT to_regclass(?)::oid AS oid) t
            """;

    private static final String READ_TABLE_PRIVILEGE =
            """
            SELECT t.oid IS NOT NULL,
                   has_table_privilege(t.oid, 'SELECT') AND has_table_privilege(t.oid, 'INSERT')
                   AND has_table_privilege(t.oid, 'UPDATE')
              FROM (SELECT to_regclass(?)::oid AS oid) t
            """;

    private static final String READ_SCHEMA_PRIVILEGE =
            """
            SELECT coalesce(s.name, ''), n.oid IS NOT NULL,
                   coalesce(has_schema_privilege(n.oid, 'CREATE'), false)
              FROM (SELECT CASE WHEN cardinality(i.parts) > 1 THEN i.parts[1]
                                ELSE current_schema() END AS name
                      FROM (SELECT parse_ident(?) AS parts) i) s
              LEFT JOIN pg_namespace n ON n.nspname = s.name
            """;

    private record Named(String name, long total) {
        static Named read(ResultSet row) throws SQLException {
            return new Named(row.getString(1), row.getLong(2));
        }
    }

    private DatabaseRules() {}

    static Check otherTables(Inspection inspection) throws SQLException {
        List<Named> tables =
                inspection.all(
                        READ_TABLES,
                        Named::read,
                        Preflight.TABLE_MARKER,
                        Preflight.SCHEMA_MARKER,
                        inspection.plan().ownTable());
        return tables.isEmpty()
                ? Check.pass(TABLES, "the database holds no tables of others")
                : foreign(
                        TABLES,
                        "database '%s' holds %s of others: %s"
                                .formatted(
                                        inspection.target().database(),
                                        counted(tables.getFirst().total(), "table"),
                                        names(tables)),
                        inspection.plan());
    }

    static Check otherApplications(Inspection inspection) throws SQLException {
        List<Named> applications =
                inspection.all(
                        READ_APPLICATIONS, Named::read, inspection.target().applicationName());
        return applications.isEmpty()
                ? Check.pass(APPLICATIONS, "nobody else is connected to the database")
                : foreign(
                        APPLICATIONS,
                        "%s of other applications in database '%s': %s"
                                .formatted(
                                        counted(applications.getFirst().total(), "session"),
                                        inspection.target().database(),
                                        names(applications)),
                        inspection.plan());
    }

    private static Check foreign(String name, String sentence, PreflightPlan plan) {
        if (plan.ownServer()) {
            return Check.pass(name, sentence + "; the server is private to us");
        }
        return plan.confirmed()
                ? Check.warn(name, sentence + "; confirmed by --yes", "")
                : Check.refuse(name, sentence, CONFIRM);
    }

    private static String names(List<Named> some) {
        return some.stream().map(Named::name).collect(Collectors.joining(", "));
    }

    private static String counted(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    static Check own(Inspection inspection) throws SQLException {
        return switch (inspection.plan().own()) {
            case OwnObject.Table _ -> ownTable(inspection);
            case OwnObject.Schema schema -> SchemaRules.own(inspection, schema);
        };
    }

    private static Check ownTable(Inspection inspection) throws SQLException {
        PreflightPlan plan = inspection.plan();
        return inspection.one(
                READ_OWN_TABLE,
                row ->
                        row.getBoolean(1)
                                ? ownTable(plan, row.getString(2))
                                : Check.pass(
                                        OWN_TABLE,
                                        "'%s' does not exist yet".formatted(plan.ownTable())),
                plan.ownTable());
    }

    private static Check ownTable(PreflightPlan plan, String comment) {
        String table = plan.ownTable();
        if (comment.startsWith(Preflight.KEPT_MARKER)
                && plan.afterRun() == AfterRun.DROP_UNLESS_KEPT) {
            return Check.refuse(
                    OWN_TABLE,
                    "'%s' was kept by an earlier run, and this one would drop it".formatted(table),
                    "say --keep to use and keep it, --drop to use and drop it, or choose another"
                            + " --table (TABLE_NAME)");
        }
        return comment.startsWith(Preflight.TABLE_MARKER)
                ? Check.pass(OWN_TABLE, "'%s' was created by a load run".formatted(table))
                : Check.refuse(
                        OWN_TABLE,
                        "'%s' exists and is not ours: its comment does not begin with '%s'"
                                .formatted(table, Preflight.TABLE_MARKER),
                        "choose another --table (TABLE_NAME); --yes does not help here");
    }

    static Check privilege(Inspection inspection) throws SQLException {
        return switch (inspection.plan().own()) {
            case OwnObject.Table _ -> privilegeOnTable(inspection);
            case OwnObject.Schema schema -> SchemaRules.privilege(inspection, schema);
        };
    }

    private static Check privilegeOnTable(Inspection inspection) throws SQLException {
        try {
            return tableOrSchema(inspection);
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            return Check.refuse(
                    PRIVILEGE,
                    "role '%s' may not even look for '%s' (%s)"
                            .formatted(
                                    inspection.target().user(),
                                    inspection.plan().ownTable(),
                                    e.getMessage()),
                    "GRANT USAGE, CREATE ON that schema, or name another in --table (TABLE_NAME)");
        }
    }

    private static Check tableOrSchema(Inspection inspection) throws SQLException {
        String table = inspection.plan().ownTable();
        boolean exists = inspection.one(READ_TABLE_PRIVILEGE, row -> row.getBoolean(1), table);
        return exists
                ? inspection.one(
                        READ_TABLE_PRIVILEGE,
                        row -> tablePrivilege(inspection, row.getBoolean(2)),
                        table)
                : inspection.one(
                        READ_SCHEMA_PRIVILEGE, row -> schemaPrivilege(inspection, row), table);
    }

    private static Check tablePrivilege(Inspection inspection, boolean granted) {
        String table = inspection.plan().ownTable();
        String user = inspection.target().user();
        return granted
                ? Check.pass(PRIVILEGE, "role '%s' may read and write '%s'".formatted(user, table))
                : Check.refuse(
                        PRIVILEGE,
                        "role '%s' may not SELECT, INSERT and UPDATE '%s'".formatted(user, table),
                        "grant it all three, or choose another --table (TABLE_NAME)");
    }

    private static Check schemaPrivilege(Inspection inspection, ResultSet row) throws SQLException {
        String user = inspection.target().user();
        String schema = row.getString(1);
        if (schema.isEmpty() || !row.getBoolean(2)) {
            return Check.refuse(
                    PRIVILEGE,
                    "there is no schema %s for the table"
                            .formatted(schema.isEmpty() ? "on the search_path" : quoted(schema)),
                    "create it, or name another in --table (TABLE_NAME)");
        }
        return row.getBoolean(3)
                ? Check.pass(
                        PRIVILEGE,
                        "role '%s' may create tables in schema '%s'".formatted(user, schema))
                : Check.refuse(
                        PRIVILEGE,
                        "role '%s' may not create tables in schema '%s'".formatted(user, schema),
                        "GRANT CREATE ON SCHEMA %s TO %s".formatted(schema, user));
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
