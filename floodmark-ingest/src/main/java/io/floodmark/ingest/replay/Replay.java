package io.floodmark.ingest.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Entry;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.wire.Arrival;
import io.floodmark.ingest.wire.BodyFormat;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.ingest.wire.MalformedBody;
import io.floodmark.store.TimeAndChance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Sends dead letters one by one through the validation of requests and the sink.
///
/// A replay that was cut off between storing and marking, or two replays at a time, send a letter
/// twice: a sink that knows ids finds a duplicate, and where it does not, its readers do, as after
/// every repetition. *Threads:* for one.
public final class Replay {
    private static final int PAGE = 500;
    private static final int REASONS_MAX = 10;
    private static final JsonFactory JSON = new JsonFactory();

    private final DeadLetters letters;
    private final Sink.Writer writer;
    private final BodyReader reader;
    private final TimeAndChance source;
    private final List<String> reasons = new ArrayList<>();
    private long stored;
    private long duplicates;
    private long refused;

    /// A replay from there into a sink.
    public Replay(
            DeadLetters letters, Sink.Writer writer, BodyReader reader, TimeAndChance source) {
        this.letters = letters;
        this.writer = writer;
        this.reader = reader;
        this.source = source;
    }

    /// Replays, once, at most so many; ends early when the sink fails.
    public ReplayReport run(long most) {
        String after = "";
        long looked = 0;
        while (looked < most) {
            List<DeadLetter> page = letters.next(after, (int) Math.min(PAGE, most - looked));
            if (page.isEmpty()) {
                break;
            }
            for (DeadLetter letter : page) {
                if (!replay(letter)) {
                    return report(page.size() - page.indexOf(letter));
                }
                after = letter.key();
                looked++;
            }
        }
        return report(0);
    }

    private ReplayReport report(long untouched) {
        return new ReplayReport(stored, duplicates, refused, untouched, reasons);
    }

    /// Replays one.
    ///
    /// @return false when the sink failed
    private boolean replay(DeadLetter letter) {
        return switch (validated(letter)) {
            case Rejection rejection -> {
                refuse(letter, rejection.reason());
                yield true;
            }
            case WireEvent event -> write(letter, event);
        };
    }

    private boolean write(DeadLetter letter, WireEvent event) {
        Outcome outcome =
                writer.write(List.of(new Delivery(letter.tenant(), event))).outcomes().getFirst();
        switch (outcome) {
            case Outcome.Stored _ -> {
                letters.replayed(letter);
                stored++;
            }
            case Outcome.Duplicate _ -> {
                letters.replayed(letter);
                duplicates++;
            }
            case Outcome.Rejected(Rejection rejection) -> {
                letters.refusedBySink(letter);
                refuse(letter, rejection.reason());
            }
            case Outcome.NotTaken(String reason) -> {
                reason(letter, reason);
                return false;
            }
            case Outcome.Unknown(String reason) -> {
                reason(letter, reason);
                return false;
            }
            case Outcome.Queued _ ->
                    throw new IllegalStateException("a sink does not answer that it queued");
        }
        return true;
    }

    private void refuse(DeadLetter letter, String reason) {
        refused++;
        reason(letter, reason);
    }

    private void reason(DeadLetter letter, String reason) {
        if (reasons.size() < REASONS_MAX) {
            reasons.add(letter.eventId() + ": " + reason);
        }
    }

    private Entry validated(DeadLetter letter) {
        byte[] json = letter.json().getBytes(StandardCharsets.UTF_8);
        Optional<byte[]> cloudEvent = cloudEvent(json);
        byte[] body = cloudEvent.orElse(json);
        BodyFormat format = cloudEvent.isPresent() ? BodyFormat.CLOUD_EVENT : BodyFormat.EVENT;
        try {
            return reader.read(format, body, body.length, Arrival.now(source, Optional.empty()))
                    .getFirst();
        } catch (MalformedBody e) {
            return new Rejection(Rejection.Code.MALFORMED, "", e.offset(), e.reason());
        }
    }

    /// The CloudEvent that an event was made from, as it came.
    private static Optional<byte[]> cloudEvent(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("cloudevent");
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (wanted) {
                    int end = (int) parser.currentLocation().getByteOffset();
                    return Optional.of(Arrays.copyOfRange(json, start, end));
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            // The validation says what is wrong with it.
            return Optional.empty();
        }
    }
}
