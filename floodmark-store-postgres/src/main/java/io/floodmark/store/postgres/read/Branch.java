package io.floodmark.store.postgres.read;

import io.floodmark.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One way to find candidates: positions in a range of the log that satisfy all given conditions.
///
/// @param range part of the log
/// @param allHashes the event is indexed under each of them
/// @param anyHashes and under at least one of these, if there are any
/// @param types and has one of these types, if there are any
/// @param tags and has all of these tags; those whose hash is not in `allHashes`
/// @param occurred and occurred in this time
record Branch(
        Range range,
        List<Long> allHashes,
        List<Long> anyHashes,
        List<String> types,
        List<String> tags,
        Times occurred) {

    Branch {
        allHashes = List.copyOf(allHashes);
        anyHashes = List.copyOf(anyHashes);
        types = List.copyOf(types);
        tags = List.copyOf(tags);
    }

    /// Positions above `after` up to `upTo`.
    record Range(Position after, Position upTo) {
        static final Range ALL = new Range(Position.START, new Position(Long.MAX_VALUE));

        /// What is in both.
        Range and(Range other) {
            return new Range(max(after, other.after), min(upTo, other.upTo));
        }

        boolean isEmpty() {
            return after.compareTo(upTo) >= 0;
        }

        private static Position max(Position a, Position b) {
            return a.compareTo(b) >= 0 ? a : b;
        }

        private static Position min(Position a, Position b) {
            return a.compareTo(b) <= 0 ? a : b;
        }

        Param.After afterParam() {
            return new Param.After(after);
        }

        Param.UpTo upToParam() {
            return new Param.UpTo(upTo);
        }
    }

    /// An inclusive range of time; open where an end is missing.
    record Times(Optional<Instant> from, Optional<Instant> until) {
        static final Times ANY = new Times(Optional.empty(), Optional.empty());

        boolean isAny() {
            return from.isEmpty() && until.isEmpty();
        }
    }

    /// Whether an index of tags finds the candidates.
    boolean usesTagIndex() {
        return !allHashes.isEmpty() || !anyHashes.isEmpty();
    }

    Branch within(Range other) {
        return new Branch(range.and(other), allHashes, anyHashes, types, tags, occurred);
    }
}
