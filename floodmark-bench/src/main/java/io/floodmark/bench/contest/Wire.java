package io.floodmark.bench.contest;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How orders and answers pass through the pipes between the processes.
///
/// *Threads.* Any; a stream is written, or read, by one at a time.
final class Wire {

    private static final int MESSAGE_CHARS_MAX = 1_000;

    /// Queries come again and again; a campaign has a few hundred.
    private static final int QUERIES_MAX = 10_000;

    private static final Map<String, Query> QUERIES = new ConcurrentHashMap<>();

    private Wire() {}

    static void write(DataOutputStream out, Order order) throws IOException {
        switch (order) {
            case Order.Open open -> {
                out.writeByte('O');
                out.writeUTF(open.side().name());
                out.writeUTF(open.url());
                out.writeUTF(open.user());
                out.writeUTF(open.password());
                out.writeUTF(open.name());
            }
            case Order.Append(long number, Attempt attempt) -> {
                out.writeByte('A');
                out.writeLong(number);
                out.writeLong(attempt.timeout().toMillis());
                write(out, attempt.condition());
                out.writeByte(attempt.events().size());
                for (Event event : attempt.events()) {
                    write(out, event);
                }
            }
            case Order.Stop(Moment moment, int times) -> {
                out.writeByte('S');
                out.writeUTF(moment.name());
                out.writeInt(times);
            }
        }
    }

    static Order order(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'O' ->
                    new Order.Open(
                            Side.valueOf(in.readUTF()),
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF());
            case 'A' -> append(in);
            case 'S' -> new Order.Stop(Moment.valueOf(in.readUTF()), in.readInt());
            default -> throw new IOException("an order of kind " + kind);
        };
    }

    private static Order append(DataInputStream in) throws IOException {
        long number = in.readLong();
        Duration timeout = Duration.ofMillis(in.readLong());
        AppendCondition condition = condition(in);
        int count = in.readByte();
        List<Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(in));
        }
        return new Order.Append(number, new Attempt(events, condition, timeout));
    }

    static void write(DataOutputStream out, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Ready() -> out.writeByte('R');
            case Answer.Stopped(Moment moment) -> {
                out.writeByte('H');
                out.writeUTF(moment.name());
            }
            case Answer.Outcome(long number, Answer.Stored(long first, long last)) -> {
                out.writeByte('A');
                out.writeLong(number);
                out.writeLong(first);
                out.writeLong(last);
            }
            case Answer.Outcome(long number, Answer.Blocked(RecordedEvent event)) -> {
                out.writeByte('C');
                out.writeLong(number);
                out.writeLong(event.position().value());
                write(out, event.recordedAt());
                write(out, event.event());
            }
            case Answer.Outcome(long number, Answer.Failed(var failure, String message)) -> {
                out.writeByte('F');
                out.writeLong(number);
                out.writeUTF(failure.name());
                out.writeUTF(message.substring(0, Math.min(message.length(), MESSAGE_CHARS_MAX)));
            }
        }
    }

    static Answer answer(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'R' -> new Answer.Ready();
            case 'H' -> new Answer.Stopped(Moment.valueOf(in.readUTF()));
            case 'A' ->
                    new Answer.Outcome(
                            in.readLong(), new Answer.Stored(in.readLong(), in.readLong()));
            case 'C' -> {
                long number = in.readLong();
                Position position = new Position(in.readLong());
                yield new Answer.Outcome(
                        number,
                        new Answer.Blocked(new RecordedEvent(position, instant(in), event(in))));
            }
            case 'F' ->
                    new Answer.Outcome(
                            in.readLong(),
                            new Answer.Failed(Answer.Failure.valueOf(in.readUTF()), in.readUTF()));
            default -> throw new IOException("an answer of kind " + kind);
        };
    }

    private static void write(DataOutputStream out, AppendCondition condition) throws IOException {
        switch (condition) {
            case AppendCondition.Unconditional() -> out.writeBoolean(false);
            case AppendCondition.FailIfMatch(Query query, Position after) -> {
                out.writeBoolean(true);
                out.writeUTF(query.text());
                out.writeLong(after.value());
            }
        }
    }

    private static AppendCondition condition(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? AppendCondition.failIfMatch(query(in.readUTF()), new Position(in.readLong()))
                : AppendCondition.none();
    }

    private static Query query(String text) {
        if (QUERIES.size() >= QUERIES_MAX) {
            QUERIES.clear();
        }
        return QUERIES.computeIfAbsent(text, Query::parse);
    }

    private static void write(DataOutputStream out, Event event) throws IOException {
        out.writeLong(event.id().getMostSignificantBits());
        out.writeLong(event.id().getLeastSignificantBits());
        out.writeUTF(event.type());
        out.writeByte(event.tags().size());
        for (Tag tag : event.tags()) {
            out.writeUTF(tag.text());
        }
        out.writeUTF(event.payload().toString());
        out.writeUTF(event.metadata().toString());
        write(out, event.occurredAt());
    }

    private static Event event(DataInputStream in) throws IOException {
        UUID id = new UUID(in.readLong(), in.readLong());
        String type = in.readUTF();
        int count = in.readByte();
        Set<Tag> tags = new HashSet<>();
        for (int i = 0; i < count; i++) {
            tags.add(new Tag(in.readUTF()));
        }
        return new Event(id, type, tags, Json.of(in.readUTF()), Json.of(in.readUTF()), instant(in));
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
