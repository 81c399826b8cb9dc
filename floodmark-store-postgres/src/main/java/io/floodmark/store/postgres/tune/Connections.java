package io.floodmark.store.postgres.tune;

import java.sql.Connection;
import java.sql.SQLException;

/// Where connections to one database of one server come from; `dataSource::getConnection` is one.
///
/// *Threads:* the probe of hold times opens several at once.
@FunctionalInterface
public interface Connections {

    /// Opens a connection in auto-commit mode; the caller closes it.
    Connection open() throws SQLException;
}
