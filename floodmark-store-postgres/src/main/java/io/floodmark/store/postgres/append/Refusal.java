package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.SQLException;
import java.util.function.Supplier;

/// Why the server refused a statement, with the exception that each caller gets.
sealed interface Refusal {
    /// It would refuse any append now.
    record OfServer(Supplier<? extends RuntimeException> failure) implements Refusal {}

    /// It does not take what one of the requests holds: a defect.
    record OfContent(Supplier<? extends RuntimeException> failure) implements Refusal {}

    static Refusal of(SQLException e) {
        try {
            var _ = SqlFailures.beforeWriting("append", e);
        } catch (IllegalStateException defect) {
            return new OfContent(
                    () -> new IllegalStateException("could not append: " + e.getMessage(), e));
        }
        return new OfServer(() -> SqlFailures.beforeWriting("append", e));
    }
}
