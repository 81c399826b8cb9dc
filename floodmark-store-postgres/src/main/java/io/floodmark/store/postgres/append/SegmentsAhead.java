package io.floodmark.store.postgres.append;

import io.floodmark.store.Position;
import io.floodmark.store.postgres.schema.Segments;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.session.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the next segment before the log reaches it, in the background.
///
/// If that fails it is tried again while the log goes on; at the end of the last segment the writer
/// makes the next one itself.
///
/// *Threads:* the writer calls; one virtual thread at a time works.
final class SegmentsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentsAhead.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DataSource primary;
    private final Segments segments;
    private final StoreLayout layout;
    private final long margin;
    private final LongSupplier nanoTime;
    private final AtomicBoolean atWork = new AtomicBoolean();

    // Written by the one at work, read by the writer.
    private volatile long madeUpTo;
    private volatile Deadline retry;

    /// @param share the next segment is made when less than this share of the newest is left
    SegmentsAhead(
            DataSource primary,
            Segments segments,
            StoreLayout layout,
            double share,
            LongSupplier nanoTime) {
        this.primary = primary;
        this.segments = segments;
        this.layout = layout;
        this.margin = (long) Math.ceil(layout.segmentSize() * share);
        this.nanoTime = nanoTime;
        this.retry = Deadline.in(Duration.ZERO, nanoTime);
    }

    /// The log has reached `position`.
    void reached(long position) {
        if (position + margin > madeUpTo
                && retry.hasPassed()
                && atWork.compareAndSet(false, true)) {
            Thread.ofVirtual().name("floodmark-segments").start(() -> make(position + margin));
        }
    }

    private void make(long upTo) {
        retry = Deadline.in(RETRY_AFTER, nanoTime);
        try (Connection connection = primary.getConnection()) {
            ensure(connection, upTo);
        } catch (SQLException e) {
            // The writer meets the same at the end of the segment, and tells its callers.
            LOG.debug("the next segment could not be made yet, SQLSTATE {}", e.getSQLState());
        } finally {
            atWork.set(false);
        }
    }

    /// Makes the segments up to the one of `position`, now.
    void ensure(Connection connection, long position) throws SQLException {
        int _ = segments.ensure(connection, Position.of(position));
        madeUpTo = Math.max(madeUpTo, layout.segmentEnd(position));
    }
}
