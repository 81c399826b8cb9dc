package io.floodmark.load.table;

import io.floodmark.load.config.Mix;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.postgres.SqlFailures;
import io.floodmark.load.time.TimeSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// The kinds of operation of the workload, and the notes that each leaves for the check of writes.
///
/// *Threads.* Any.
final class TableOperations {

    private static final int UPDATE_CHOICE = 1;
    private static final int READ_CHOICE = 2;

    private enum Kind {
        INSERT("insert"),
        UPDATE("update"),
        READ("read"),
        TRANSACTION("transaction");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final List<Kind> kinds = new ArrayList<>();
    private final List<OperationShare> shares = new ArrayList<>();
    private final TimeSource time;
    private final People people;
    private final InsertLedger inserts;
    private final UpdateLedger updates;
    private final LongAdder bytesWritten = new LongAdder();
    private volatile SeededRows seeded = new SeededRows(1, 0);

    TableOperations(
            Mix mix, TimeSource time, People people, InsertLedger inserts, UpdateLedger updates) {
        this.time = time;
        this.people = people;
        this.inserts = inserts;
        this.updates = updates;
        addKind(Kind.INSERT, mix.percent("insert"));
        addKind(Kind.UPDATE, mix.percent("update"));
        addKind(Kind.READ, mix.percent("read"));
        addKind(Kind.TRANSACTION, mix.percent("transaction"));
    }

    private void addKind(Kind kind, int percent) {
        if (percent > 0) {
            kinds.add(kind);
            shares.add(new OperationShare(kind.label, percent));
        }
    }

    List<OperationShare> shares() {
        return shares;
    }

    long bytesWritten() {
        return bytesWritten.sum();
    }

    void seeded(SeededRows rows) {
        seeded = rows;
    }

    /// Performs operation `number` of kind `kind`, an index into [#shares()].
    void perform(int kind, long number, TableSession session) throws SQLException {
        switch (kinds.get(kind)) {
            case INSERT -> insert(number, () -> session.insert(number));
            case UPDATE -> update(number, id -> session.update(number, id));
            case READ -> session.read(chosen(number, READ_CHOICE));
            case TRANSACTION -> transaction(number, session);
        }
    }

    private long chosen(long operation, int purpose) {
        return seeded.id(people.choice(operation, purpose, Math.max(1, seeded.count())));
    }

    private void insert(long number, TableSession.Statements statements) throws SQLException {
        inserts.sent(number);
        try {
            long bytes = statements.run();
            inserts.acknowledged(number);
            bytesWritten.add(bytes);
        } catch (SQLException e) {
            if (!SqlFailures.outcomeUnknown(e)) {
                inserts.refused(number);
            }
            throw e;
        }
    }

    private interface UpdateOf {
        long run(long id) throws SQLException;
    }

    private void update(long number, UpdateOf statement) throws SQLException {
        long id = chosen(number, UPDATE_CHOICE);
        updates.sent(id, number, time.nanos());
        try {
            long bytes = statement.run(id);
            updates.acknowledged(id, number, time.nanos());
            bytesWritten.add(bytes);
        } catch (SQLException e) {
            if (!SqlFailures.outcomeUnknown(e)) {
                updates.refused(id, number);
            }
            throw e;
        }
    }

    /// An insert, an update and a read that stand or fall together; noted once the commit is known.
    private void transaction(long number, TableSession session) throws SQLException {
        insert(
                number,
                () -> {
                    update(number, id -> session.inTransaction(() -> all(number, id, session)));
                    return 0;
                });
    }

    private long all(long number, long id, TableSession session) throws SQLException {
        long bytes = session.insert(number) + session.update(number, id);
        session.read(chosen(number, READ_CHOICE));
        return bytes;
    }
}
