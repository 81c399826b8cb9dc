package io.floodmark.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.cli.store.EventLines;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendLimits;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventDraft;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Position;
import io.floodmark.store.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `floodmark store append`.
@Command(
        name = "append",
        description = {
            "Appends events: one given by options, or several given as lines of JSON on standard input,"
                    + " which are stored all or none.",
            "A line needs \"type\"; \"tags\", \"payload\", \"metadata\", \"id\" and \"occurredAt\" are optional."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark store append --type BookAdded --tag book=42 --payload '{\"title\":\"Emma\"}'",
            "  floodmark store append --type BookLent --tag book=42 --tag reader=7 \\",
            "      --fail-if-types BookLent --fail-if-tags book=42 --after 1",
            "  floodmark store append < decision.ndjson",
            "",
            "Exit codes: 0 stored, 1 setup or usage, 2 not stored or not known, 3 the condition failed"
        })
final class StoreAppendCommand implements Callable<Integer> {
    private static final int CONDITION_FAILED = 3;

    @Mixin private StoreShared shared = new StoreShared();

    @Option(names = "--type", paramLabel = "TYPE", description = "Type of the event")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "Tag of the event; may be repeated")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            description =
                    "Payload, a JSON object; @FILE reads it from a file, - from standard input")
    private Optional<String> payload = Optional.empty();

    @Option(
            names = "--metadata",
            paramLabel = "JSON",
            description = "Metadata, a JSON object, given like the payload")
    private Optional<String> metadata = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "UUID",
            description = "Id of the event, which makes a repetition harmless (default: a new one)")
    private Optional<UUID> id = Optional.empty();

    @Option(
            names = "--fail-if-types",
            split = ",",
            paramLabel = "TYPE",
            description = "Store nothing if there is an event of one of these types")
    private List<String> failIfTypes = new ArrayList<>();

    @Option(
            names = "--fail-if-tags",
            split = ",",
            paramLabel = "KEY=VALUE",
            description = "... with all of these tags")
    private List<String> failIfTags = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "... after this position (default: anywhere)")
    private Optional<Long> after = Optional.empty();

    @Option(names = "--json", description = "Print the result as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        AppendCondition condition = shared.checked(this::condition);
        List<Event> events = events();
        try (EventStore store = shared.open()) {
            return report(
                    shared.checked(() -> store.append(events, condition, StoreShared.TIMEOUT)));
        }
    }

    private AppendCondition condition() {
        if (failIfTypes.isEmpty() && failIfTags.isEmpty()) {
            if (after.isPresent()) {
                throw shared.mistake("--after needs --fail-if-types or --fail-if-tags");
            }
            return AppendCondition.none();
        }
        return AppendCondition.failIfMatch(
                StoreFilter.query(failIfTypes, failIfTags, PayloadPredicate.none()),
                Position.of(after.orElse(0L)));
    }

    private List<Event> events() throws IOException {
        if (type.isPresent()) {
            Optional<Json> body = json("--payload", payload);
            Optional<Json> beside = json("--metadata", metadata);
            return List.of(shared.checked(() -> event(type.get(), body, beside)));
        }
        if (!tags.isEmpty() || payload.isPresent() || metadata.isPresent() || id.isPresent()) {
            throw shared.mistake(
                    "--tag, --payload, --metadata and --id need --type; without it events come as lines on standard input");
        }
        List<Event> events = EventLines.read(System.in, AppendLimits.MAX_EVENTS);
        if (events.isEmpty()) {
            throw shared.mistake("no --type, and no events on standard input");
        }
        return events;
    }

    private Event event(String named, Optional<Json> body, Optional<Json> beside) {
        EventDraft draft = Event.draft(named).tags(tags.stream().map(Tag::new).toList());
        id.ifPresent(draft::id);
        body.ifPresent(draft::payload);
        beside.ifPresent(draft::metadata);
        return draft.build();
    }

    private Optional<Json> json(String option, Optional<String> text) throws IOException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = bytes(text.get());
        try {
            return Optional.of(Json.ofUtf8(bytes));
        } catch (IllegalArgumentException e) {
            throw shared.mistake(option + ": " + e.getMessage());
        }
    }

    private static byte[] bytes(String text) throws IOException {
        if (text.equals("-")) {
            return System.in.readNBytes(Json.MAX_BYTES + 1);
        }
        return text.startsWith("@")
                ? Files.readAllBytes(Path.of(text.substring(1)))
                : text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private int report(AppendResult result) {
        return switch (result) {
            case AppendResult.Appended(var first, var last) -> {
                String where = first.equals(last) ? "position " + first : first + " to " + last;
                print(
                        "stored at " + where,
                        object("appended").put("first", first.value()).put("last", last.value()));
                yield shared.ok();
            }
            case AppendResult.Conflict(var blocking) -> {
                print("", object("conflict").put("blockedBy", blocking.position().value()));
                shared.progress(
                        "floodmark: the condition failed, nothing was stored: %s at position %s came in between"
                                .formatted(blocking.event().type(), blocking.position()));
                shared.ok();
                yield CONDITION_FAILED;
            }
            case AppendResult.NothingToAppend _ ->
                    throw new IllegalStateException("an append of events stored none");
        };
    }

    private static ObjectNode object(String result) {
        return JsonNodeFactory.instance.objectNode().put("result", result);
    }

    private void print(String sentence, ObjectNode object) {
        if (json) {
            shared.out().println(object);
        } else if (!sentence.isEmpty()) {
            shared.out().println(sentence);
        }
    }
}
