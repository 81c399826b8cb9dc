package io.floodmark.store.tck;

import static io.floodmark.store.tck.Library.ANN;
import static io.floodmark.store.tck.Library.BOOK_1;
import static io.floodmark.store.tck.Library.BOOK_2;
import static io.floodmark.store.tck.Library.ID_1;
import static io.floodmark.store.tck.Library.ID_2;
import static io.floodmark.store.tck.Library.TO_ANN;
import static io.floodmark.store.tck.Library.TO_BEN;
import static io.floodmark.store.tck.Library.minute;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryStages.Item;
import io.floodmark.store.ReadRequest;
import java.util.List;
import java.util.stream.LongStream;

/// Every way to combine the parts of a read, with the positions in [Library] that it must deliver.
///
/// The positions are written by hand: computed with [Query#matches], they would be as wrong as it.
@SuppressWarnings("ImmutableEnumChecker") // Requests are immutable, and so are these lists.
enum FilterShape {
    EVERYTHING(Query.all().everything(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    FROM(Query.matching().anyEvent().occurredFrom(minute(8)).request(), 8, 9),
    UNTIL(Query.matching().anyEvent().occurredUntil(minute(3)).request(), 1, 2, 3, 10),
    FROM_UNTIL(
            Query.matching().anyEvent().occurredFrom(minute(3)).occurredUntil(minute(5)).request(),
            3,
            4,
            5,
            10),
    AFTER(Query.matching().anyEvent().after(Position.of(7)).request(), 8, 9, 10),
    TYPE(Query.matching().types("Bought"), 1, 3),
    TYPES_ANY(Query.matching().types("Bought", "Removed", "Unknown"), 1, 3, 8),
    PREDICATE(Query.matching().anyPayload(ID_1), 1, 2, 4, 7),
    PREDICATES_ANY(Query.matching().anyPayload(ID_2, TO_BEN), 3, 5, 6, 7, 8, 10),
    PREDICATES_ALL(Query.matching().allPayload(ID_1, TO_ANN), 2, 4),
    TYPE_AND_PREDICATE(Query.matching().types("Lent").anyPayload(ID_1), 2, 7),
    TYPE_AND_PREDICATES_ANY(Query.matching().types("Lent").anyPayload(ID_2, TO_BEN), 5, 7, 10),
    TYPE_AND_PREDICATES_ALL(Query.matching().types("Lent").allPayload(ID_1, TO_BEN), 7),
    TYPES_AND_PREDICATE(Query.matching().types("Lent", "Returned").anyPayload(TO_ANN), 2, 4, 5),
    TYPES_AND_PREDICATES_ANY(
            Query.matching().types("Bought", "Removed").anyPayload(ID_2, TO_ANN), 3, 8),
    TYPES_AND_PREDICATES_ALL(
            Query.matching().types("Lent", "Returned").allPayload(ID_1, TO_ANN), 2, 4),
    TAG(Query.matching().tags(BOOK_1), 1, 2, 4, 7),
    TAGS_ALL(Query.matching().tags(BOOK_1, ANN), 2, 4),
    TYPE_AND_TAG(Query.matching().types("Lent").tags(BOOK_2), 5),
    TYPES_AND_TAGS(Query.matching().types("Lent", "Returned").tags(BOOK_1, ANN), 2, 4),
    TAG_AND_PREDICATES_ANY(Query.matching().tags(ANN).anyPayload(ID_2, TO_BEN), 5, 10),
    TYPE_TAG_AND_PREDICATES_ALL(
            Query.matching().types("Lent").tags(ANN).allPayload(ID_1, TO_ANN), 2),
    ITEMS_OR(
            Query.matching()
                    .types("Joined")
                    .or()
                    .types("Lent")
                    .allPayload(ID_1, TO_BEN)
                    .or()
                    .tags(BOOK_2),
            3,
            5,
            6,
            7,
            8),
    OVERLAPPING_ITEMS(Query.matching().types("Lent").or().tags(ANN), 2, 4, 5, 7, 10),
    NOTHING(Query.matching().types("Unknown").or().tags(BOOK_1, BOOK_2)),
    COMPOUND_FROM(compound().occurredFrom(minute(5)).request(), 5, 7, 8),
    COMPOUND_UNTIL(compound().occurredUntil(minute(4)).request(), 1, 2, 3, 4, 10),
    COMPOUND_FROM_UNTIL(
            compound().occurredFrom(minute(3)).occurredUntil(minute(7)).request(), 3, 4, 5, 7, 10),
    COMPOUND_AFTER(compound().after(Position.of(4)).request(), 5, 7, 8, 10);

    private final ReadRequest request;
    private final List<Long> positions;

    FilterShape(ReadRequest request, long... positions) {
        this.request = request;
        this.positions = LongStream.of(positions).boxed().toList();
    }

    FilterShape(Item item, long... positions) {
        this(item.build().everything(), positions);
    }

    private static Item compound() {
        return Query.matching()
                .types("Bought", "Removed")
                .anyPayload(ID_1, ID_2)
                .or()
                .types("Lent", "Returned")
                .anyPayload(TO_ANN, TO_BEN);
    }

    ReadRequest request() {
        return request;
    }

    List<Long> positions() {
        return positions;
    }
}
