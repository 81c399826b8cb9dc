package io.floodmark.cli;

import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Options that say which events: any of the types, all of the tags, and the payload as asked.
final class StoreFilter {

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Events of this type; may be repeated: any of them")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "Events with this tag; may be repeated: all of them")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--payload-any",
            paramLabel = "KEY=VALUE",
            description =
                    "Events whose payload has this top-level string; may be repeated: any of them")
    private List<String> payloadAny = new ArrayList<>();

    @Option(
            names = "--payload-all",
            paramLabel = "KEY=VALUE",
            description = "The same; may be repeated: all of them")
    private List<String> payloadAll = new ArrayList<>();

    /// The query; all events when nothing is asked.
    ///
    /// @throws IllegalArgumentException when a value is not possible
    Query query() {
        return query(types, tags, payload());
    }

    static Query query(List<String> types, List<String> tags, PayloadPredicate payload) {
        if (types.isEmpty() && tags.isEmpty() && payload instanceof PayloadPredicate.None) {
            return Query.all();
        }
        Set<Tag> all = tags.stream().map(Tag::new).collect(Collectors.toSet());
        return Query.of(new QueryItem(new HashSet<>(types), all, payload));
    }

    private PayloadPredicate payload() {
        if (!payloadAny.isEmpty() && !payloadAll.isEmpty()) {
            throw new IllegalArgumentException(
                    "--payload-any and --payload-all cannot be given together; choose one");
        }
        if (!payloadAny.isEmpty()) {
            return new PayloadPredicate.AnyOf(matches("--payload-any", payloadAny));
        }
        return payloadAll.isEmpty()
                ? PayloadPredicate.none()
                : new PayloadPredicate.AllOf(matches("--payload-all", payloadAll));
    }

    private static Set<PayloadMatch> matches(String option, List<String> texts) {
        return texts.stream().map(text -> match(option, text)).collect(Collectors.toSet());
    }

    private static PayloadMatch match(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "%s needs KEY=VALUE, was '%s'".formatted(option, text));
        }
        return new PayloadMatch(text.substring(0, equals), text.substring(equals + 1));
    }
}
