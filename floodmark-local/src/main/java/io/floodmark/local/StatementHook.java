package io.floodmark.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What happens right before and after one kind of statement, and after commits, on connections
/// that pass through it: the place to stop or break a client at the worst moment.
public interface StatementHook {

    /// Before the statement is sent.
    default void before(Connection connection) throws SQLException {}

    /// After the statement was executed, before its answer is seen. Where the connection commits by
    /// itself, it took effect.
    default void after(Connection connection) throws SQLException {}

    /// After a transaction was committed, before that is known.
    default void committed(Connection connection) throws SQLException {}

    /// Connections of `source` with this hook.
    ///
    /// @param mark what the statements' SQL contains that are meant; only their queries are
    default DataSource on(DataSource source, String mark) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    Object result = call(source, method, arguments);
                    return result instanceof Connection connection ? on(connection, mark) : result;
                });
    }

    private Connection on(Connection connection, String mark) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    if (method.getName().equals("commit")) {
                        committed(connection);
                    }
                    return result instanceof PreparedStatement statement
                                    && arguments[0].toString().contains(mark)
                            ? on(connection, statement)
                            : result;
                });
    }

    private PreparedStatement on(Connection connection, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (!method.getName().equals("executeQuery")) {
                        return call(statement, method, arguments);
                    }
                    before(connection);
                    Object result = call(statement, method, arguments);
                    after(connection);
                    return result;
                });
    }

    /// Connections of `source` that stay open when the client drops them, as when only the client
    /// believes that they are lost.
    static DataSource undead(DataSource source) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    Object result = call(source, method, arguments);
                    return result instanceof Connection connection ? undead(connection) : result;
                });
    }

    private static Connection undead(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) ->
                        method.getName().equals("abort") || method.getName().equals("close")
                                ? null
                                : call(connection, method, arguments));
    }

    private static <T> T proxy(Class<T> type, ProxiedCall call) {
        Object proxy =
                Proxy.newProxyInstance(
                        StatementHook.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                call.of(
                                        method,
                                        Objects.requireNonNullElse(arguments, new Object[0])));
        return type.cast(proxy);
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
