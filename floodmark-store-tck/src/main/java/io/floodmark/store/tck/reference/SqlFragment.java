package io.floodmark.store.tck.reference;

import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// SQL text with the parameters that its question marks stand for.
final class SqlFragment {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    SqlFragment sql(String more) {
        text.append(more);
        return this;
    }

    /// Appends text with one parameter: a Long, a String, or a String array.
    SqlFragment sql(String more, Object parameter) {
        text.append(more);
        parameters.add(parameter);
        return this;
    }

    /// Appends the condition that an event matches `query`.
    SqlFragment matching(Query query) {
        if (query.equals(Query.all())) {
            return sql("true");
        }
        String or = "(";
        for (QueryItem item : query.items()) {
            item(item, or);
            or = " OR ";
        }
        return sql(")");
    }

    private void item(QueryItem item, String before) {
        sql(before).sql("(true");
        if (!item.types().isEmpty()) {
            sql(" AND event_type = ANY (?)", texts(item.types()));
        }
        for (Tag tag : item.tags()) {
            sql(
                    " AND payload @> jsonb_build_object('tags', jsonb_build_array(?::text))",
                    tag.text());
        }
        switch (item.payload()) {
            case PayloadPredicate.None _ -> {}
            case PayloadPredicate.AnyOf any -> matches(any.matches(), " OR ");
            case PayloadPredicate.AllOf all -> matches(all.matches(), " AND ");
        }
        sql(")");
    }

    private void matches(Set<PayloadMatch> matches, String logic) {
        String before = " AND (";
        for (PayloadMatch match : matches) {
            sql(before)
                    .sql(
                            "payload @> jsonb_build_object('data', jsonb_build_object(?::text",
                            match.key())
                    .sql(", ?::text))", match.value());
            before = logic;
        }
        sql(")");
    }

    static String[] texts(Set<?> values) {
        return values.stream()
                .map(value -> value instanceof Tag tag ? tag.text() : value.toString())
                .toArray(String[]::new);
    }

    String text() {
        return text.toString();
    }

    /// Binds all parameters in their order.
    void bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (Object parameter : parameters) {
            switch (parameter) {
                case Long number -> statement.setLong(index, number);
                case String string -> statement.setString(index, string);
                case String[] strings ->
                        statement.setArray(
                                index, statement.getConnection().createArrayOf("text", strings));
                default ->
                        throw new IllegalArgumentException(
                                "no parameter of type " + parameter.getClass());
            }
            index++;
        }
    }
}
