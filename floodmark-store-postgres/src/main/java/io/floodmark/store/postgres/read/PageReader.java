package io.floodmark.store.postgres.read;

import io.floodmark.store.Position;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans reads and reads their pages on a given connection.
final class PageReader {
    private final PageSql pages;
    private final StoreLayout layout;

    PageReader(StoreNames names, StoreLayout layout) {
        this.pages = new PageSql(names);
        this.layout = layout;
    }

    /// A read that was turned into SQL.
    record Plan(ReadRequest request, Sql sql) {}

    /// Turns a read into SQL. If only its time can find its events, the server is asked first where
    /// in the log that time is.
    Plan plan(Session session, ReadRequest request, PromotedKeys promoted) throws SQLException {
        Branch.Times occurred = occurred(request.bounds());
        List<Branch> branches = Branches.of(request.query(), promoted, occurred);
        if (!occurred.isAny() && !branches.stream().allMatch(Branch::usesTagIndex)) {
            branches = within(branches, rangesOf(session, occurred));
        }
        return new Plan(request, pages.of(branches));
    }

    private static Branch.Times occurred(ReadBounds bounds) {
        return switch (bounds) {
            case ReadBounds.Everything(), ReadBounds.After(var _) -> Branch.Times.ANY;
            case ReadBounds.Occurred(var from, var until) -> new Branch.Times(from, until);
        };
    }

    private static List<Branch> within(List<Branch> branches, List<Branch.Range> ranges) {
        var narrowed = new ArrayList<Branch>();
        for (Branch branch : branches) {
            if (branch.usesTagIndex()) {
                narrowed.add(branch);
            } else {
                ranges.forEach(range -> narrowed.add(branch.within(range)));
            }
        }
        return narrowed;
    }

    /// The positions between the first and the last event of that time, and all that came after the
    /// server was asked, or stands in segments that the statement may have missed.
    private List<Branch.Range> rangesOf(Session session, Branch.Times occurred)
            throws SQLException {
        Sql sql = pages.spanOf(occurred);
        long planned = plannedUpTo(session);
        try (PreparedStatement statement = session.prepare(sql.text())) {
            sql.bind(statement, new Param.Window(Position.START, Position.START, 1));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Position known = Position.of(Math.min(row.getLong(1), planned));
                var later = new Branch.Range(known, Branch.Range.ALL.upTo());
                long first = row.getLong(2);
                return row.wasNull()
                        ? List.of(later)
                        : List.of(
                                new Branch.Range(
                                        Position.of(first - 1), Position.of(row.getLong(3))),
                                later);
            }
        }
    }

    /// Reads a page, and reads it again when the log went on meanwhile into a segment that the
    /// statement may have missed, see [io.floodmark.store.postgres.session.HeadSeen].
    Page read(Session session, Plan plan, Param.Window window) throws SQLException {
        while (true) {
            long planned = plannedUpTo(session);
            Page page = readOnce(session, plan, window);
            session.headSeen().saw(page.head());
            if (page.head().value() <= planned) {
                return page;
            }
        }
    }

    /// The last position of the segments that a statement which is planned now surely knows.
    private long plannedUpTo(Session session) {
        return layout.segmentEnd(Math.max(1, session.headSeen().position().value()));
    }

    private Page readOnce(Session session, Plan plan, Param.Window window) throws SQLException {
        try (PreparedStatement statement = session.prepare(plan.sql().text())) {
            plan.sql().bind(statement, window);
            try (ResultSet rows = statement.executeQuery()) {
                return page(rows, plan.request(), window);
            }
        }
    }

    private static Page page(ResultSet rows, ReadRequest request, Param.Window window)
            throws SQLException {
        Position head = Position.START;
        Position last = Position.START;
        var events = new ArrayList<RecordedEvent>();
        long bytes = 0;
        int candidates = 0;
        while (rows.next()) {
            head = Position.of(rows.getLong(1));
            Optional<RecordedEvent> found = candidate(rows);
            if (found.isPresent()) {
                RecordedEvent event = found.get();
                candidates++;
                last = event.position();
                bytes += event.event().payload().size() + event.event().metadata().size();
                if (request.covers(event)) {
                    events.add(event);
                }
            }
        }
        boolean full = candidates >= window.limit();
        Position end = window.upTo().isBefore(head) ? window.upTo() : head;
        return new Page(head, events, full ? last : end, bytes, candidates);
    }

    /// A page without candidates is one row that has the head alone.
    private static Optional<RecordedEvent> candidate(ResultSet rows) throws SQLException {
        rows.getLong(2);
        return rows.wasNull() ? Optional.empty() : Optional.of(EventRows.read(rows, 2));
    }

    Position head(Session session) throws SQLException {
        try (PreparedStatement statement = session.prepare(pages.headSql());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Position.of(row.getLong(1));
        }
    }
}
