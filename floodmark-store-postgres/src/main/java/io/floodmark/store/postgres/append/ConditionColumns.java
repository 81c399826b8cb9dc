package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The conditions of a batch by column, kept so that the log can be verified later.
final class ConditionColumns {
    private final List<Long> firsts = new ArrayList<>();
    private final List<Long> lasts = new ArrayList<>();
    private final List<Long> afters = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();

    void add(long first, long last, AppendCondition.FailIfMatch condition) {
        firsts.add(first);
        lasts.add(last);
        afters.add(condition.after().value());
        queries.add(condition.query().text());
    }

    void bind(Parameters parameters) throws SQLException {
        parameters
                .numbers(firsts.toArray(Long[]::new))
                .numbers(lasts.toArray(Long[]::new))
                .numbers(afters.toArray(Long[]::new))
                .texts(queries.toArray(String[]::new));
    }
}
