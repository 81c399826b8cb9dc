package io.floodmark.store;

import java.util.List;
import java.util.Set;

/// What a query item asks of the payload.
public sealed interface PayloadPredicate {

    int MAX_MATCHES = 64;

    /// Whether the payload is as asked.
    boolean holdsFor(Json payload);

    static PayloadPredicate none() {
        return new None();
    }

    static PayloadPredicate anyOf(PayloadMatch... matches) {
        return new AnyOf(Set.copyOf(List.of(matches)));
    }

    static PayloadPredicate allOf(PayloadMatch... matches) {
        return new AllOf(Set.copyOf(List.of(matches)));
    }

    /// Nothing is asked: every payload will do.
    record None() implements PayloadPredicate {
        @Override
        public boolean holdsFor(Json payload) {
            return true;
        }
    }

    /// At least one of the matches holds.
    ///
    /// @param matches 1 to [#MAX_MATCHES], iterated in order of key and value
    record AnyOf(Set<PayloadMatch> matches) implements PayloadPredicate {
        public AnyOf {
            matches = checked(matches);
        }

        @Override
        public boolean holdsFor(Json payload) {
            return matches.stream().anyMatch(match -> match.holdsFor(payload));
        }
    }

    /// All matches hold.
    ///
    /// @param matches 1 to [#MAX_MATCHES], iterated in order of key and value
    record AllOf(Set<PayloadMatch> matches) implements PayloadPredicate {
        public AllOf {
            matches = checked(matches);
        }

        @Override
        public boolean holdsFor(Json payload) {
            return matches.stream().allMatch(match -> match.holdsFor(payload));
        }
    }

    private static Set<PayloadMatch> checked(Set<PayloadMatch> matches) {
        if (matches.isEmpty()) {
            throw new IllegalArgumentException(
                    "No payload matches given; use PayloadPredicate.none()");
        }
        Checks.atMost("payload matches of a query item", matches, MAX_MATCHES);
        return Ordered.copy(matches);
    }
}
