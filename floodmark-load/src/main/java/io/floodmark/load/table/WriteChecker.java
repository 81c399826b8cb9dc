package io.floodmark.load.table;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.record.WriteCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Looks for every acknowledged write of a run. Inserts are counted in rows; updates by row, whose
/// last acknowledged update must be there or overwritten by one that may have come later. What is
/// looked for is fixed before the looking begins: what arrives meanwhile can only add to it.
///
/// *Threads.* Confined to one, after the run.
final class WriteChecker {

    private static final int FETCH_ROWS = 10_000;

    private final Errand errand;
    private final TableLayout layout;
    private final InsertLedger inserts;
    private final UpdateLedger updates;
    private long found;
    private long duplicated;
    private long unknownFound;

    WriteChecker(Errand errand, TableLayout layout, InsertLedger inserts, UpdateLedger updates) {
        this.errand = errand;
        this.layout = layout;
        this.inserts = inserts;
        this.updates = updates;
    }

    WriteCheck check(SeededRows seeded) {
        inserts.freeze();
        updates.freeze();
        long acknowledged =
                inserts.acknowledged() * layout.batchRows() + updates.acknowledgedRows();
        long unknown = inserts.unknown() * layout.batchRows() + updates.unknown();
        try {
            long updatedFound = errand.run(connection -> look(connection, seeded));
            return new WriteCheck(
                    acknowledged,
                    found + updatedFound,
                    acknowledged - found - updatedFound,
                    duplicated,
                    unknown,
                    unknownFound,
                    List.of(),
                    "");
        } catch (ConnectionFailure e) {
            return WriteCheck.notMade("the writes could not be checked: " + e.sentence());
        }
    }

    /// In a transaction, so that rows come in portions.
    private long look(Connection connection, SeededRows seeded) throws SQLException {
        connection.setAutoCommit(false);
        countInserted(connection, seeded);
        return countUpdated(connection, seeded);
    }

    private void countInserted(Connection connection, SeededRows seeded) throws SQLException {
        try (PreparedStatement statement = prepare(connection, layout.sql().insertedRows())) {
            statement.setLong(1, seeded.lastId());
            statement.setString(2, layout.marks().insertedPattern());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    countInsert(rows.getLong(1), rows.getLong(2), rows.getLong(3));
                }
            }
        }
    }

    /// A lost row and one that is there twice do not make up for each other.
    private void countInsert(long operation, long rows, long different) {
        duplicated += rows - different;
        if (inserts.outcome(operation) == InsertLedger.ACKNOWLEDGED) {
            found += different;
        } else if (inserts.outcome(operation) == InsertLedger.UNKNOWN) {
            unknownFound += different;
        }
    }

    private long countUpdated(Connection connection, SeededRows seeded) throws SQLException {
        long updatedFound = 0;
        try (PreparedStatement statement = prepare(connection, layout.sql().lastUpdates())) {
            statement.setLong(1, seeded.firstId());
            statement.setLong(2, seeded.lastId());
            statement.setString(3, layout.marks().updatedPattern());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    boolean there = updates.mayBeLast(id, rows.getLong(2));
                    if (!updates.expectsUpdate(id)) {
                        unknownFound++;
                    } else if (there) {
                        updatedFound++;
                    }
                }
            }
        }
        return updatedFound;
    }

    private static PreparedStatement prepare(Connection connection, String sql)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH_ROWS);
        return statement;
    }
}
