package io.floodmark.store;

import java.util.Collection;
import java.util.Collections;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Immutable copies of sets in their natural order, so that equal sets also read alike.
final class Ordered {

    private Ordered() {}

    static <T extends Comparable<T>> SequencedSet<T> copy(Collection<T> values) {
        return Collections.unmodifiableSequencedSet(new TreeSet<>(values));
    }
}
