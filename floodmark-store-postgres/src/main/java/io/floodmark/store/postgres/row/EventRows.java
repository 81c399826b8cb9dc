package io.floodmark.store.postgres.row;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Turns rows of `events` into events, and the parts of an event into values of its columns.
public final class EventRows {
    /// The columns that [#read] takes, in this order, of a table or subquery with alias `e`.
    public static final String COLUMNS =
            "e.position, e.occurred_at, e.recorded_at, e.id, e.type, e.tags, e.payload, e.metadata";

    private EventRows() {}

    /// The event of the current row, whose columns from number `first` on are [#COLUMNS].
    public static RecordedEvent read(ResultSet row, int first) throws SQLException {
        var event =
                new Event(
                        Objects.requireNonNull(row.getObject(first + 3, UUID.class)),
                        Objects.requireNonNull(row.getString(first + 4)),
                        tags(Objects.requireNonNull(row.getArray(first + 5))),
                        json(row, first + 6),
                        json(row, first + 7),
                        instant(row, first + 1));
        return new RecordedEvent(Position.of(row.getLong(first)), instant(row, first + 2), event);
    }

    private static Set<Tag> tags(Array column) throws SQLException {
        var tags = new LinkedHashSet<Tag>();
        for (Object text : (Object[]) Objects.requireNonNull(column.getArray())) {
            tags.add(new Tag((String) text));
        }
        return tags;
    }

    /// The driver gives the bytes of a text column as they came, without a string in between.
    private static Json json(ResultSet row, int column) throws SQLException {
        return Json.ofStored(Objects.requireNonNull(row.getBytes(column)));
    }

    /// The point in time of a `timestamptz` column.
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
    }

    /// What to bind for a `timestamptz`; PostgreSQL keeps microseconds.
    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// The column `tags`: the texts in ascending order.
    public static String[] tagTexts(Event event) {
        return event.tags().stream().map(Tag::text).sorted().toArray(String[]::new);
    }
}
