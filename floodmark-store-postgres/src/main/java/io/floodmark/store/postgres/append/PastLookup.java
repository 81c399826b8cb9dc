package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.read.FirstMatch;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Decides by SQL what depends on the stored part of the log.
///
/// Positions up to a head that was seen never change, so what is found needs no lock and no
/// transaction: it stays true.
final class PastLookup {
    private final IdLookup ids;
    private final FirstMatch firstMatch;

    PastLookup(StoreNames names) {
        ids = new IdLookup(names);
        firstMatch = new FirstMatch(names);
    }

    /// What stands in the log up to `head` and decides the append: its own events, or one that
    /// blocks it. Empty when nothing does.
    ///
    /// @param settled what need not be looked up again
    Optional<AppendResult> decide(
            FirstMatch.Preparing connection, EncodedAppend append, Settled settled, LogState log)
            throws SQLException {
        Optional<AppendResult> repeated =
                repeated(connection, append.ids(), settled.idsTo(), log.head());
        return repeated.isPresent() ? repeated : blocked(connection, append, settled, log);
    }

    /// What is known of the log: its head, and the promoted keys.
    record LogState(long head, PromotedKeys promoted) {}

    /// The first answer of an append with these ids, if they are stored after `after` up to `upTo`.
    Optional<AppendResult> repeated(
            FirstMatch.Preparing connection, List<UUID> eventIds, long after, long upTo)
            throws SQLException {
        return after < upTo ? ids.repeated(connection, eventIds, after, upTo) : Optional.empty();
    }

    private Optional<AppendResult> blocked(
            FirstMatch.Preparing connection, EncodedAppend append, Settled settled, LogState log)
            throws SQLException {
        if (!(append.condition() instanceof AppendCondition.FailIfMatch condition)
                || settled.conditionTo() >= log.head()) {
            return Optional.empty();
        }
        var range =
                new FirstMatch.Range(Position.of(settled.conditionTo()), Position.of(log.head()));
        Optional<RecordedEvent> match =
                firstMatch.find(connection, condition.query(), log.promoted(), range);
        return match.map(AppendResult.Conflict::new);
    }
}
