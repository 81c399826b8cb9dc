package io.floodmark.store.postgres.read;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A statement under construction: text, and what is bound to its question marks in order.
final class Sql {
    private final StringBuilder text = new StringBuilder(512);
    private final List<Param> params = new ArrayList<>();

    /// Adds text that never contains a value; each `?` takes the next of `values`.
    Sql add(String fragment, Param... values) {
        long marks = fragment.chars().filter(c -> c == '?').count();
        if (marks != values.length) {
            throw new IllegalArgumentException(
                    "%d values for: %s".formatted(values.length, fragment));
        }
        text.append(fragment);
        params.addAll(List.of(values));
        return this;
    }

    /// Adds another statement.
    Sql add(Sql other) {
        text.append(other.text);
        params.addAll(other.params);
        return this;
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement, Param.Window window) throws SQLException {
        for (int i = 0; i < params.size(); i++) {
            params.get(i).bind(statement, i + 1, window);
        }
    }
}
