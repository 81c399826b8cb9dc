package io.floodmark.bench.pgbench;

import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.ServerSession;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/// A connection with the statement prepared on the server.
///
/// *Threads.* One worker at a time.
final class StatementSession implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int PREPARE_AT_ONCE = 1;

    private final ServerSession server;
    private final BenchStatement kind;
    private final PreparedStatement statement;

    private StatementSession(ServerSession server, BenchStatement kind) throws SQLException {
        this.server = server;
        this.kind = kind;
        this.statement = server.connection().prepareStatement(kind.sql());
    }

    static StatementSession open(ConnectionTarget target, BenchStatement kind) throws SQLException {
        ServerSession server = ServerSession.open(target, CONNECT_MAX, PREPARE_AT_ONCE);
        try {
            return new StatementSession(server, kind);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    ServerSession server() {
        return server;
    }

    void execute(int client) throws SQLException {
        kind.execute(statement, client);
    }

    @Override
    public void close() throws SQLException {
        server.close();
    }
}
