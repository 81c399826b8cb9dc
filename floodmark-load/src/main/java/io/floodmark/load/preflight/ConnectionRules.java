package io.floodmark.load.preflight;

import java.sql.SQLException;

/// Whether the server, the role and the database have room for the run's connections.
final class ConnectionRules {

    static final String CONNECTIONS = "connections";
    static final String ROLE_LIMIT = "role limit";
    static final String DATABASE_LIMIT = "database limit";

    private static final String READ_ROLE =
            """
            SELECT r.rolname, r.rolsuper, r.rolconnlimit,
                   (SELECT count(*) FROM pg_stat_activity a
                     WHERE a.usesysid = r.oid AND a.pid <> pg_backend_pid()
                       AND (a.backend_type IS NULL OR a.backend_type = 'client backend'))::int
              FROM pg_roles r
             WHERE r.rolname = session_user
            """;

    private static final String READ_DATABASE =
            """
            SELECT d.datname, r.rolsuper, d.datconnlimit,
                   (SELECT count(*) FROM pg_stat_activity a
                     WHERE a.datid = d.oid AND a.pid <> pg_backend_pid()
                       AND a.usesysid IS NOT NULL
                       AND (a.backend_type IS NULL OR a.backend_type = 'client backend'))::int
              FROM pg_database d, pg_roles r
             WHERE d.datname = current_database() AND r.rolname = session_user
            """;

    /// A connection limit of a role or database; negative when there is none.
    record Limit(String owner, boolean superuser, int limit, int inUse) {}

    private ConnectionRules() {}

    static Check headroom(Inspection inspection) throws SQLException {
        return headroom(
                SlotUse.read(inspection.connection()),
                inspection.plan(),
                inspection.target().user());
    }

    static Check headroom(SlotUse use, PreflightPlan plan, String user) {
        int left = use.headroom() - plan.wanted();
        String sentence =
                "%s; %d wanted + %d monitor leaves %s, at least %d must stay free%s"
                        .formatted(
                                use.arithmetic(),
                                plan.poolMax(),
                                plan.monitorConnections(),
                                Numbers.signed(left),
                                plan.minFree(),
                                hidden(use, user));
        return left >= plan.minFree()
                ? Check.pass(CONNECTIONS, sentence)
                : Check.refuse(
                        CONNECTIONS,
                        sentence,
                        lowerPool(use.headroom() - plan.monitorConnections() - plan.minFree())
                                + "close other sessions or raise max_connections");
    }

    private static String hidden(SlotUse use, String user) {
        return use.hidden() == 0
                ? ""
                : " (role '%s' may not see what %d of the sessions are, all are counted; pg_read_all_stats would tell)"
                        .formatted(user, use.hidden());
    }

    private static String lowerPool(int possible) {
        return possible < 1
                ? ""
                : "lower --max-connections (DB_MAX_OPEN_CONNS) to %d, ".formatted(possible);
    }

    static Check roleLimit(Inspection inspection) throws SQLException {
        Limit limit = read(inspection, READ_ROLE);
        return limited(ROLE_LIMIT, "role '%s'".formatted(limit.owner()), limit, inspection.plan());
    }

    static Check databaseLimit(Inspection inspection) throws SQLException {
        Limit limit = read(inspection, READ_DATABASE);
        String owner = "database '%s'".formatted(limit.owner());
        return limited(DATABASE_LIMIT, owner, limit, inspection.plan());
    }

    private static Limit read(Inspection inspection, String sql) throws SQLException {
        return inspection.one(
                sql,
                row ->
                        new Limit(
                                row.getString(1), row.getBoolean(2), row.getInt(3), row.getInt(4)));
    }

    private static Check limited(String name, String owner, Limit limit, PreflightPlan plan) {
        if (limit.limit() < 0) {
            return Check.pass(name, owner + " has no connection limit");
        }
        if (limit.superuser()) {
            return Check.pass(
                    name, "%s: limit %d does not bind a superuser".formatted(owner, limit.limit()));
        }
        int room = limit.limit() - limit.inUse();
        int left = room - plan.wanted();
        String sentence =
                "%s: limit %d − %d in use = %s; %d wanted + %d monitor leaves %s"
                        .formatted(
                                owner,
                                limit.limit(),
                                limit.inUse(),
                                Numbers.signed(room),
                                plan.poolMax(),
                                plan.monitorConnections(),
                                Numbers.signed(left));
        return left >= 0
                ? Check.pass(name, sentence)
                : Check.refuse(
                        name,
                        sentence,
                        lowerPool(room - plan.monitorConnections())
                                + "or raise its CONNECTION LIMIT");
    }
}
