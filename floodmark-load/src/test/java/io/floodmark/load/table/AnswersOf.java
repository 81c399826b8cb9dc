package io.floodmark.load.table;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;

/// A real connection between which and its user a test stands, on the way of the answers.
final class AnswersOf {

    private AnswersOf() {}

    /// What happens after `method` of the connection, or of one of its statements, went well.
    interface Way {
        void back(String method, Connection connection) throws Exception;
    }

    static Connection connection(Connection real, Way way) {
        return between(Connection.class, real, real, way);
    }

    private static <T> T between(Class<T> type, T real, Connection connection, Way way) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        way.back(method.getName(), connection);
                        return answer instanceof PreparedStatement statement
                                ? between(PreparedStatement.class, statement, connection, way)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
