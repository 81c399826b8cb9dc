package io.floodmark.load.preflight;

import io.floodmark.load.config.AfterRun;
import java.sql.SQLException;

/// Whether the workload's schema is or can become ours.
final class SchemaRules {

    static final String OWN_SCHEMA = "own schema";

    private static final String OTHER_NAME = "choose another --schema";

    private static final String READ_SCHEMA =
            """
            SELECT n.oid IS NOT NULL, coalesce(obj_description(n.oid, 'pg_namespace'), '')
              FROM (SELECT ?::text AS name) s LEFT JOIN pg_namespace n ON n.nspname = s.name
            """;

    private static final String READ_PRIVILEGE =
            """
            SELECT n.oid IS NOT NULL,
                   coalesce(pg_has_role(n.nspowner, 'USAGE'), false),
                   has_database_privilege(current_database(), 'CREATE')
              FROM (SELECT ?::text AS name) s LEFT JOIN pg_namespace n ON n.nspname = s.name
            """;

    private SchemaRules() {}

    static Check own(Inspection inspection, OwnObject.Schema schema) throws SQLException {
        AfterRun afterRun = inspection.plan().afterRun();
        return inspection.one(
                READ_SCHEMA,
                row ->
                        row.getBoolean(1)
                                ? existing(schema.name(), row.getString(2), afterRun)
                                : Check.pass(
                                        OWN_SCHEMA,
                                        "schema '%s' does not exist yet".formatted(schema.name())),
                schema.name());
    }

    private static Check existing(String name, String comment, AfterRun afterRun) {
        if (comment.startsWith(Preflight.KEPT_SCHEMA_MARKER)
                && afterRun == AfterRun.DROP_UNLESS_KEPT) {
            return Check.refuse(
                    OWN_SCHEMA,
                    "schema '%s' was kept by an earlier run, and this one would drop it"
                            .formatted(name),
                    "say --keep to use and keep it, --drop to use and drop it, or " + OTHER_NAME);
        }
        return comment.startsWith(Preflight.SCHEMA_MARKER)
                ? Check.pass(OWN_SCHEMA, "schema '%s' was created by a load run".formatted(name))
                : Check.refuse(
                        OWN_SCHEMA,
                        "schema '%s' exists and is not ours: its comment does not begin with '%s'"
                                .formatted(name, Preflight.SCHEMA_MARKER),
                        OTHER_NAME + "; --yes does not help here");
    }

    static Check privilege(Inspection inspection, OwnObject.Schema schema) throws SQLException {
        String user = inspection.target().user();
        String name = schema.name();
        return inspection.one(
                READ_PRIVILEGE,
                row -> {
                    boolean exists = row.getBoolean(1);
                    return exists
                            ? owned(user, name, row.getBoolean(2))
                            : creatable(user, name, row.getBoolean(3));
                },
                name);
    }

    private static Check owned(String user, String name, boolean owner) {
        return owner
                ? Check.pass(
                        DatabaseRules.PRIVILEGE, "role '%s' owns schema '%s'".formatted(user, name))
                : Check.refuse(
                        DatabaseRules.PRIVILEGE,
                        "role '%s' does not own schema '%s'".formatted(user, name),
                        OTHER_NAME + ", or run as its owner");
    }

    private static Check creatable(String user, String name, boolean allowed) {
        return allowed
                ? Check.pass(
                        DatabaseRules.PRIVILEGE,
                        "role '%s' may create schema '%s'".formatted(user, name))
                : Check.refuse(
                        DatabaseRules.PRIVILEGE,
                        "role '%s' may not create schemas in this database".formatted(user),
                        "GRANT CREATE ON DATABASE to it, or make it the owner of the database");
    }
}
