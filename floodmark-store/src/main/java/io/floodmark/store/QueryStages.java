package io.floodmark.store;

import java.time.Instant;

/// The steps of building a [Query] or [ReadRequest]: each interface offers what makes sense next,
/// so that types, tags and payload are said at most once per item, no item is empty, and a read is
/// bounded by time or by position. All steps are immutable: one may continue twice from the same.
public sealed interface QueryStages {

    /// The first item, or every event.
    sealed interface Start extends NewItem permits QueryDraft {
        AnyEvent anyEvent();
    }

    /// An item that asks nothing yet.
    sealed interface NewItem extends QueryStages permits Start, QueryDraft {
        Typed types(String first, String... more);

        Tagged tags(Tag first, Tag... more);

        Matched anyPayload(PayloadMatch first, PayloadMatch... more);

        Matched allPayload(PayloadMatch first, PayloadMatch... more);
    }

    /// Enough is said for a query, and for a read.
    sealed interface AnyEvent extends QueryStages permits Item, QueryDraft {
        Query build();

        /// A read that starts with this instant.
        From occurredFrom(Instant from);

        /// A read that ends with this instant.
        Bounded occurredUntil(Instant until);

        /// A read that starts behind this position.
        Bounded after(Position position);
    }

    /// The current item asks something.
    sealed interface Item extends AnyEvent
            permits Typed, Tagged, Matched, TypedTagged, TypedMatched, TaggedMatched, QueryDraft {
        NewItem or();
    }

    /// The item has types.
    sealed interface Typed extends Item permits QueryDraft {
        TypedTagged tags(Tag first, Tag... more);

        TypedMatched anyPayload(PayloadMatch first, PayloadMatch... more);

        TypedMatched allPayload(PayloadMatch first, PayloadMatch... more);
    }

    /// The item has tags.
    sealed interface Tagged extends Item permits QueryDraft {
        TypedTagged types(String first, String... more);

        TaggedMatched anyPayload(PayloadMatch first, PayloadMatch... more);

        TaggedMatched allPayload(PayloadMatch first, PayloadMatch... more);
    }

    /// The item asks for a payload.
    sealed interface Matched extends Item permits QueryDraft {
        TypedMatched types(String first, String... more);

        TaggedMatched tags(Tag first, Tag... more);
    }

    /// The item lacks only a payload.
    sealed interface TypedTagged extends Item permits QueryDraft {
        Item anyPayload(PayloadMatch first, PayloadMatch... more);

        Item allPayload(PayloadMatch first, PayloadMatch... more);
    }

    /// The item lacks only tags.
    sealed interface TypedMatched extends Item permits QueryDraft {
        Item tags(Tag first, Tag... more);
    }

    /// The item lacks only types.
    sealed interface TaggedMatched extends Item permits QueryDraft {
        Item types(String first, String... more);
    }

    /// The read has its start in time.
    sealed interface From extends Bounded permits QueryDraft {
        /// A read that ends with this instant.
        Bounded occurredUntil(Instant until);
    }

    /// The read has its bounds.
    sealed interface Bounded extends QueryStages permits From, QueryDraft {
        /// The read, with strong consistency.
        ReadRequest request();
    }
}
