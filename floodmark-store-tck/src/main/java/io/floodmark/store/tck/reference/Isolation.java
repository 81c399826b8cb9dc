package io.floodmark.store.tck.reference;

import java.sql.Connection;

/// The transaction isolation under which [SingleStatementStore] runs its statements.
public enum Isolation {
    /// PostgreSQL's default: each statement sees what was committed when it began.
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),

    /// Each transaction sees what was committed when it began.
    REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),

    /// Transactions that do not fit a serial order fail with SQLSTATE 40001.
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

    private final int jdbc;

    Isolation(int jdbc) {
        this.jdbc = jdbc;
    }

    int jdbc() {
        return jdbc;
    }
}
