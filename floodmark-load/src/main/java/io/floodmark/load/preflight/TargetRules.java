package io.floodmark.load.preflight;

import java.sql.SQLException;
import org.postgresql.jdbc.PgConnection;

/// Whether the target is a primary that takes writes, and whether we talk to it directly.
final class TargetRules {

    static final String WRITABLE = "writable";
    static final String POOLER = "pooler";

    private static final String READ_WRITABLE =
            """
            SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'
            """;

    private static final String READ_BACKEND =
            """
            SELECT pg_backend_pid(), coalesce(inet_server_port(), 0)
            """;

    private static final String UNRELIABLE =
            "prepared statements, cancel requests and connection counts are not reliable behind a"
                    + " pooler, and its own limits are unknown";

    private TargetRules() {}

    static Check writable(Inspection inspection) throws SQLException {
        return inspection.one(READ_WRITABLE, row -> writable(row.getBoolean(1), row.getBoolean(2)));
    }

    private static Check writable(boolean inRecovery, boolean readOnly) {
        if (inRecovery) {
            return Check.refuse(
                    WRITABLE,
                    "the server is a replica (in recovery) and takes no writes",
                    "point --host and --port (DB_HOST, DB_PORT) at the primary");
        }
        if (readOnly) {
            return Check.refuse(
                    WRITABLE,
                    "transactions are read-only (default_transaction_read_only is on)",
                    "switch it off for this role and database, or use another target");
        }
        return Check.pass(WRITABLE, "the server is a primary and takes writes");
    }

    static Check pooler(Inspection inspection) throws SQLException {
        int told = inspection.connection().unwrap(PgConnection.class).getBackendPID();
        int port = inspection.target().port();
        return inspection.one(
                READ_BACKEND, row -> pooler(told, row.getInt(1), port, row.getInt(2)));
    }

    /// `serverPort` is 0 when the server was reached through a local socket.
    private static Check pooler(int toldPid, int serverPid, int port, int serverPort) {
        if (toldPid != serverPid) {
            return Check.warn(
                    POOLER,
                    "a pooler sits between: it gave us process id %d, the server says %d; %s"
                            .formatted(toldPid, serverPid, UNRELIABLE),
                    "connect to the server itself to measure the server");
        }
        if (port != serverPort) {
            return Check.warn(
                    POOLER,
                    "we connected to port %d and the server listens on %s: a forwarded port (container, tunnel) or a pooler; %s"
                            .formatted(
                                    port,
                                    serverPort == 0 ? "a local socket" : "port " + serverPort,
                                    UNRELIABLE),
                    "make sure that it is only a forwarded port");
        }
        return Check.pass(POOLER, "no pooler in between");
    }
}
