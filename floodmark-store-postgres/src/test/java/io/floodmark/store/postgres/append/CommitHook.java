package io.floodmark.store.postgres.append;

import io.floodmark.local.StatementHook;
import javax.sql.DataSource;

/// What happens right before and after the statement that commits a batch, on connections that pass
/// through it.
interface CommitHook extends StatementHook {

    /// Connections of `source` with this hook.
    default DataSource on(DataSource source) {
        return on(source, "pg_notify");
    }

    /// Connections of `source` that stay open when the client drops them.
    static DataSource undead(DataSource source) {
        return StatementHook.undead(source);
    }
}
