package io.floodmark.store.tck.reference;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens connections to one database.
public interface ConnectionSource {

    /// A new connection, which the caller closes.
    Connection open() throws SQLException;
}
