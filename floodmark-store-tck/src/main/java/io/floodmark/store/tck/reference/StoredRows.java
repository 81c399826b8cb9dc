package io.floodmark.store.tck.reference;

import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;

/// Reads matching rows of a [SingleStatementTable] in pages.
final class StoredRows {

    /// Rows of one page.
    static final int PAGE = 5_000;

    private StoredRows() {}

    /// Some of the rows that match.
    ///
    /// @param after above this position
    /// @param upTo and up to this one
    /// @param most at most so many, the lowest positions first
    record Slice(Query query, long after, long upTo, int most) {}

    /// Reads one slice.
    interface Pager {
        List<RecordedEvent> page(Slice slice);
    }

    static List<RecordedEvent> page(Connection connection, SingleStatementTable table, Slice slice)
            throws SQLException {
        SqlFragment select =
                new SqlFragment()
                        .sql(
                                """
                                SELECT sequence_number, event_id, occurred_at, recorded_at, event_type,
                                       ARRAY(SELECT jsonb_array_elements_text(payload -> 'tags')),
                                       payload -> 'data', metadata
                                  FROM
                                """)
                        .sql(table.quoted())
                        .sql(" WHERE ")
                        .matching(slice.query())
                        .sql(" AND sequence_number > ?", slice.after())
                        .sql(" AND sequence_number <= ?", slice.upTo())
                        .sql(" ORDER BY sequence_number LIMIT ?", (long) slice.most());
        List<RecordedEvent> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select.text())) {
            select.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(recorded(rows));
                }
            }
        }
        return found;
    }

    private static RecordedEvent recorded(ResultSet row) throws SQLException {
        Set<Tag> tags = new LinkedHashSet<>();
        for (String text : (String[]) row.getArray(6).getArray()) {
            tags.add(new Tag(text));
        }
        return new RecordedEvent(
                new Position(row.getLong(1)),
                row.getObject(4, java.time.OffsetDateTime.class).toInstant(),
                new Event(
                        row.getObject(2, UUID.class),
                        row.getString(5),
                        tags,
                        Json.of(row.getString(7)),
                        Json.of(row.getString(8)),
                        row.getObject(3, java.time.OffsetDateTime.class).toInstant()));
    }

    /// The last matching position above `after`, or `after` if there is none.
    static long last(Connection connection, SingleStatementTable table, Query query, long after)
            throws SQLException {
        SqlFragment select =
                new SqlFragment()
                        .sql("SELECT coalesce(max(sequence_number), ?)", after)
                        .sql(" FROM ")
                        .sql(table.quoted())
                        .sql(" WHERE ")
                        .matching(query)
                        .sql(" AND sequence_number > ?", after);
        try (PreparedStatement statement = connection.prepareStatement(select.text())) {
            select.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// All rows of a slice, a page at a time.
    static final class Pages implements EventStream {
        private final Slice all;
        private final Pager pager;
        private Iterator<RecordedEvent> page = Collections.emptyIterator();
        private long delivered;
        private boolean exhausted;

        Pages(Slice all, Pager pager) {
            this.all = all;
            this.pager = pager;
            this.delivered = all.after();
        }

        @Override
        public Position readUpTo() {
            return new Position(all.upTo());
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !exhausted) {
                List<RecordedEvent> next =
                        pager.page(new Slice(all.query(), delivered, all.upTo(), all.most()));
                exhausted = next.size() < all.most();
                page = next.iterator();
            }
            return page.hasNext();
        }

        @Override
        public RecordedEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the stream ended at " + delivered);
            }
            RecordedEvent event = page.next();
            delivered = event.position().value();
            return event;
        }

        @Override
        public void close() {
            exhausted = true;
            page = Collections.emptyIterator();
        }
    }
}
