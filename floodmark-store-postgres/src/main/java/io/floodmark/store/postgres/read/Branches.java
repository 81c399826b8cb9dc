package io.floodmark.store.postgres.read;

import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.row.TagHash;
import io.floodmark.store.postgres.schema.PromotedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How a query's candidates are found: at least one branch for each item.
///
/// Together the branches find every matching event in their ranges; they may find more, where a
/// condition has no index.
final class Branches {
    /// Most hashes that are joined in one branch; further tags are compared in the rows found. More
    /// joins cost more to plan than they save.
    static final int JOINED_MAX = 4;

    private final PromotedKeys promoted;
    private final Branch.Times occurred;

    private Branches(PromotedKeys promoted, Branch.Times occurred) {
        this.promoted = promoted;
        this.occurred = occurred;
    }

    static List<Branch> of(Query query, PromotedKeys promoted, Branch.Times occurred) {
        if (query.isAll()) {
            return List.of(
                    new Branch(
                            Branch.Range.ALL,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            occurred));
        }
        var branches = new Branches(promoted, occurred);
        return query.items().stream().flatMap(item -> branches.of(item).stream()).toList();
    }

    /// A member that was promoted when the log was at `since` is indexed only after it: what is
    /// before is found without it.
    private List<Branch> of(QueryItem item) {
        Set<PayloadMatch> matches = indexed(item.payload());
        Position since =
                matches.stream()
                        .map(match -> promoted.since().get(match.key()))
                        .flatMap(Stream::ofNullable)
                        .max(Position::compareTo)
                        .orElse(Position.START);
        var branches = new ArrayList<Branch>();
        if (since.isAfter(Position.START)) {
            branches.add(branch(item, Set.of()).within(new Branch.Range(Position.START, since)));
        }
        branches.add(
                branch(item, matches).within(new Branch.Range(since, Branch.Range.ALL.upTo())));
        return branches;
    }

    /// The payload members of which an index can be asked. One of several alternatives is of no use
    /// alone.
    private Set<PayloadMatch> indexed(PayloadPredicate payload) {
        return switch (payload) {
            case PayloadPredicate.None _ -> Set.of();
            case PayloadPredicate.AllOf(Set<PayloadMatch> matches) ->
                    Set.copyOf(matches.stream().filter(this::isPromoted).toList());
            case PayloadPredicate.AnyOf(Set<PayloadMatch> matches) ->
                    matches.stream().allMatch(this::isPromoted) ? matches : Set.of();
        };
    }

    private boolean isPromoted(PayloadMatch match) {
        return promoted.since().containsKey(match.key());
    }

    private Branch branch(QueryItem item, Collection<PayloadMatch> matches) {
        List<Long> members = matches.stream().map(TagHash::of).sorted().distinct().toList();
        boolean any = item.payload() instanceof PayloadPredicate.AnyOf;
        List<Long> all =
                Stream.concat(
                                any ? Stream.<Long>of() : members.stream(),
                                item.tags().stream().map(TagHash::of))
                        .distinct()
                        .limit(JOINED_MAX)
                        .toList();
        List<String> rest =
                item.tags().stream()
                        .filter(tag -> !all.contains(TagHash.of(tag)))
                        .map(Tag::text)
                        .toList();
        return new Branch(
                Branch.Range.ALL,
                all,
                any ? members : List.of(),
                List.copyOf(item.types()),
                rest,
                occurred);
    }
}
