package io.floodmark.store.postgres.append;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What happens right before and after the statement that commits a batch, on connections that pass
/// through it.
interface CommitHook {
    /// Before the statement is sent.
    default void before(Connection connection) throws SQLException {}

    /// After it took effect, before its answer is seen.
    default void after(Connection connection) throws SQLException {}

    /// Connections of `source` with this hook.
    default DataSource on(DataSource source) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    Object result = call(source, method, arguments);
                    return result instanceof Connection connection ? on(connection) : result;
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

    private Connection on(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                                    && arguments[0].toString().contains("pg_notify")
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

    /// A call of a method on a proxy.
    @FunctionalInterface
    interface Call {
        @Nullable Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        Object proxy =
                Proxy.newProxyInstance(
                        CommitHook.class.getClassLoader(),
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
