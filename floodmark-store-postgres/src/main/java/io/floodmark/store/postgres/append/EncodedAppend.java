package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.postgres.schema.PromotedKeys;
import java.util.List;
import java.util.UUID;

/// An append with everything that the writer needs, made by the caller's thread.
///
/// @param events what to append
/// @param condition under which condition
/// @param items keys of the condition's query, one for each item; none when unconditional
/// @param promotedRevision the revision of the promoted keys that all hashes are made with
/// @param bytes roughly what the events take in memory
record EncodedAppend(
        List<EncodedEvent> events,
        AppendCondition condition,
        List<ItemKeys> items,
        int promotedRevision,
        long bytes) {

    static EncodedAppend of(List<Event> events, AppendCondition condition, PromotedKeys promoted) {
        List<EncodedEvent> encoded =
                events.stream().map(event -> EncodedEvent.of(event, promoted.keys())).toList();
        List<ItemKeys> items =
                switch (condition) {
                    case AppendCondition.Unconditional() -> List.of();
                    case AppendCondition.FailIfMatch(var query, _) ->
                            ItemKeys.of(query, promoted.keys());
                };
        long bytes = encoded.stream().mapToLong(EncodedEvent::bytes).sum();
        return new EncodedAppend(encoded, condition, items, promoted.revision(), bytes);
    }

    List<UUID> ids() {
        return events.stream().map(encoded -> encoded.event().id()).toList();
    }
}
