package io.floodmark.store.postgres.inspect;

import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.session.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Checks a whole log, as far as it was written when the check began, while others may go on
/// writing.
///
/// That positions have no gaps and end at the head; that every event can be read, with an id that
/// no other has; that index rows and tags agree; and, for every append whose condition was
/// recorded, that no event came in between which the condition excludes. *Memory:* does not grow
/// with the log. *Load:* each event and index row is read once. For one thread at a time.
public final class LogVerifier {
    private final DataSource source;
    private final StoreNames names;

    /// Checks the store with these names.
    ///
    /// @param source of the primary; one connection is used
    public LogVerifier(DataSource source, StoreNames names) {
        this.source = source;
        this.names = names;
    }

    /// Hears how far the check is, and may end it.
    public interface Observer {
        /// So many of the positions are checked.
        void checked(long positions, long head);

        /// Whether to end before all is checked; asked often.
        boolean stopped();
    }

    /// What the check came to.
    ///
    /// @param head of the log when the check began
    /// @param events checked
    /// @param conditions recorded conditions that were checked
    /// @param recordedBack events recorded a little earlier than one before them, as clocks do
    /// @param findings the first 1,000 things that are wrong, in the order in which they came up
    /// @param findingCount all of them
    /// @param complete false when the check was ended before
    public record Report(
            long head,
            long events,
            long conditions,
            long recordedBack,
            List<Finding> findings,
            long findingCount,
            boolean complete) {
        /// Copies the list.
        public Report {
            findings = List.copyOf(findings);
        }
    }

    /// Checks all; failures of the server are `StoreException`s.
    public Report verify(Observer observer) {
        try (Connection connection = source.getConnection()) {
            StoreLayout layout = new StoreSchema(names).check(connection);
            Findings findings = new Findings();
            long head = head(connection, findings);
            LogScan scan = new LogScan(connection, names, layout, findings);
            long checked = 0;
            while (checked < head && !observer.stopped()) {
                long end = Math.min(head, layout.segmentEnd(checked + 1));
                checked = scan.segment(checked, end, observer, head);
            }
            boolean complete = checked == head;
            if (complete) {
                duplicateIds(connection, head, findings);
            }
            return new Report(
                    head,
                    scan.events(),
                    scan.conditions(),
                    scan.recordedBack(),
                    findings.kept(),
                    findings.count(),
                    complete);
        } catch (SQLException e) {
            throw SqlFailures.beforeWriting("verify the log of " + names, e);
        }
    }

    /// The head, and whether anything lies beyond it, in one snapshot.
    private long head(Connection connection, Findings findings) throws SQLException {
        String sql =
                """
                SELECT h.position, e.first, e.events
                  FROM %1$s h, LATERAL (SELECT min(position) AS first, count(*) AS events
                                          FROM %2$s WHERE position > h.position) e
                """
                        .formatted(names.logHead(), names.events());
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long head = row.getLong(1);
            if (row.getLong(3) > 0) {
                findings.add(
                        Finding.Kind.BEYOND_HEAD,
                        row.getLong(2),
                        "%d events lie beyond the head %d, the first at position %d"
                                .formatted(row.getLong(3), head, row.getLong(2)));
            }
            return head;
        }
    }

    private void duplicateIds(Connection connection, long head, Findings findings)
            throws SQLException {
        String sql =
                """
                SELECT id, count(*), min(position), max(position) FROM %s WHERE position <= ?
                 GROUP BY id HAVING count(*) > 1 ORDER BY 3 LIMIT %d
                """
                        .formatted(names.events(), Findings.KEPT_MAX);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, head);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    findings.add(
                            Finding.Kind.DUPLICATE_ID,
                            row.getLong(4),
                            "id %s is there %d times, first at position %d, last at %d"
                                    .formatted(
                                            row.getString(1),
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4)));
                }
            }
        }
    }
}
