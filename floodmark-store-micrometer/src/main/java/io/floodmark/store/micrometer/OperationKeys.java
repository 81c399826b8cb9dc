package io.floodmark.store.micrometer;

import io.floodmark.store.Position;
import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;

/// The keys of an operation's observation. *Threads:* immutable.
final class OperationKeys implements ObservationConvention<OperationContext> {
    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof OperationContext;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(OperationContext context) {
        Optional<OperationEnd> end = context.end();
        String outcome = end.map(it -> it.outcome().label()).orElse(StoreKey.ONGOING);
        AnsweredBy server = end.map(OperationEnd::server).orElse(AnsweredBy.NOBODY);
        return KeyValues.of(
                StoreKey.OUTCOME.withValue(outcome),
                StoreKey.SERVER.withValue(server.label()),
                StoreKey.STORE.withValue(context.store()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(OperationContext context) {
        return context.end().map(OperationKeys::details).orElse(KeyValues.empty());
    }

    private static KeyValues details(OperationEnd end) {
        KeyValues details =
                KeyValues.of(
                        StoreKey.EVENTS.withValue(Integer.toString(end.events())),
                        StoreKey.BYTES.withValue(Long.toString(end.bytes())),
                        StoreKey.SQL_NANOS.withValue(Long.toString(end.sqlTime().toNanos())));
        return position(end.outcome())
                .map(position -> details.and(StoreKey.POSITION.withValue(position.toString())))
                .orElse(details);
    }

    private static Optional<Position> position(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended(var _, Position last) -> Optional.of(last);
            case Outcome.Repeated(var _, Position last) -> Optional.of(last);
            case Outcome.Conflict(Position blocking) -> Optional.of(blocking);
            case Outcome.Superseded(Position stored) -> Optional.of(stored);
            case Outcome.Nothing(), Outcome.Done(), Outcome.Failed(var _, var _) ->
                    Optional.empty();
        };
    }
}
