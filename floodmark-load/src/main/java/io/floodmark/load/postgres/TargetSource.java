package io.floodmark.load.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The connections of a [ConnectionTarget] as a data source, without a pool.
///
/// *Threads.* Any.
///
/// @param target where they lead
/// @param connectMax bounds each login
public record TargetSource(ConnectionTarget target, Duration connectMax) implements DataSource {

    /// The driver's own default.
    private static final int PREPARE_THRESHOLD = 5;

    @Override
    public Connection getConnection() throws SQLException {
        return target.connect(connectMax, PREPARE_THRESHOLD);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the target has its own user");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // The driver logs to nobody here.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // connectMax bounds each login.
    }

    @Override
    public int getLoginTimeout() {
        return (int) connectMax.toSeconds();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("there is no logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
