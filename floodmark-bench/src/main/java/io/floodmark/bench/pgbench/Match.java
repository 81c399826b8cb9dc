package io.floodmark.bench.pgbench;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.local.ServerAddress;
import java.sql.SQLException;
import java.time.Duration;

/// The two sides on one server, each from the same state of the server.
///
/// @param clients connections of either side
/// @param length of each measurement
record Match(PgbenchProgram pgbench, ServerAddress server, int clients, Duration length) {

    /// Measures both, beginning with the one or the other in turns: a drift of the server favours
    /// neither.
    RatioRound round(int number, BenchStatement statement) throws Exception {
        if (number % 2 == 0) {
            Measured theirs = pgbench(statement);
            return new RatioRound(statement, ours(statement), theirs);
        }
        Measured ours = ours(statement);
        return new RatioRound(statement, ours, pgbench(statement));
    }

    Measured ours(BenchStatement statement) throws Exception {
        database().reset();
        return checked(statement, new OurSide(target(), clients).measure(statement, length));
    }

    private Measured pgbench(BenchStatement statement) throws SetupFailure, SQLException {
        database().reset();
        return checked(statement, pgbench.measure(statement, server, clients, length));
    }

    /// Every acknowledged insert must be a row.
    private Measured checked(BenchStatement statement, Measured measured) throws SQLException {
        boolean stored =
                switch (statement) {
                    case SELECT_1 -> true;
                    case INSERT -> database().rows() == measured.transactions();
                };
        return new Measured(
                measured.perSecond(), measured.transactions(), measured.valid() && stored);
    }

    private BenchDatabase database() {
        return new BenchDatabase(target());
    }

    private ConnectionTarget target() {
        return ConnectionTarget.of(
                server.host(),
                server.port(),
                server.database(),
                server.user(),
                Password.of(server.password()));
    }
}
