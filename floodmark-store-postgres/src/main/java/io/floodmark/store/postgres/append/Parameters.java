package io.floodmark.store.postgres.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The parameters of a statement, bound in order.
final class Parameters {
    private final PreparedStatement statement;
    private final Connection connection;
    private int index;

    Parameters(PreparedStatement statement, Connection connection) {
        this.statement = statement;
        this.connection = connection;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Parameters text(String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Parameters numbers(Long[] values) throws SQLException {
        statement.setArray(++index, connection.createArrayOf("int8", values));
        return this;
    }

    Parameters texts(String[] values) throws SQLException {
        statement.setArray(++index, connection.createArrayOf("text", values));
        return this;
    }
}
