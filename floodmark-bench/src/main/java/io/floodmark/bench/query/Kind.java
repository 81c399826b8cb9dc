package io.floodmark.bench.query;

import io.floodmark.bench.stores.Lending;
import io.floodmark.store.Query;

/// What is asked; each has as many matches as a tag has events.
enum Kind {
    ONE_TAG("one-tag") {
        @Override
        Query query(Lending lending, long number) {
            return Query.matching().tags(lending.book(number)).build();
        }
    },
    TWO_TAGS("two-tags") {
        @Override
        Query query(Lending lending, long number) {
            return lending.decision(lending.book(number), lending.reader(number));
        }
    };

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /// Part of a result's name.
    String label() {
        return label;
    }

    abstract Query query(Lending lending, long number);
}
