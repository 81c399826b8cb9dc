package io.floodmark.store.postgres.read;

import io.floodmark.store.Consistency;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.postgres.observe.Calls;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.session.Deadline;
import io.floodmark.store.postgres.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Reads a store's events and whatever else may come from a replica. *Threads:* for all.
public final class LogReader {
    private final PageReader pages;
    private final Routing routing;
    private final PromotedKeys promoted;
    private final int pageEventsMax;
    private final LongSupplier nanos;
    private final Calls calls;

    /// A reader.
    ///
    /// @param replicas may be empty
    /// @param layout segments, and the keys that are indexed; an older set is right as well, only
    ///   slower
    /// @param nanos the timer
    public LogReader(
            Sessions primary,
            List<Sessions> replicas,
            StoreSettings settings,
            StoreLayout layout,
            LongSupplier nanos) {
        this.pages = new PageReader(settings.names(), layout);
        this.routing =
                new Routing(
                        new Server(primary, nanos),
                        replicas.stream().map(replica -> new Server(replica, nanos)).toList(),
                        settings.read());
        this.promoted = layout.promoted();
        this.pageEventsMax = settings.read().pageEventsMax();
        this.nanos = nanos;
        this.calls = Calls.none();
    }

    private LogReader(LogReader reader, Calls calls) {
        this.pages = reader.pages;
        this.routing = reader.routing;
        this.promoted = reader.promoted;
        this.pageEventsMax = reader.pageEventsMax;
        this.nanos = reader.nanos;
        this.calls = calls;
    }

    /// The same reader, whose streams make their further pages by these calls.
    public LogReader with(Calls other) {
        return new LogReader(this, other);
    }

    /// Opens a read, see [io.floodmark.store.EventStore#read].
    public EventStream read(ReadRequest request, Duration timeout) {
        var size = new PageSize(pageEventsMax);
        var window = new Param.Window(start(request), Branch.Range.ALL.upTo(), size.events());
        Routing.Answer<PagedStream.FirstPage> first =
                routing.ask(
                        "read events",
                        request.consistency(),
                        Deadline.in(timeout, nanos),
                        session -> {
                            PageReader.Plan plan = pages.plan(session, request, promoted);
                            Page page = pages.read(session, plan, window);
                            return new Routing.Seen<>(
                                    page.head(), new PagedStream.FirstPage(plan, page));
                        });
        return new PagedStream(
                first,
                new PagedStream.Source(pages, routing, calls),
                size,
                () -> Deadline.in(timeout, nanos));
    }

    private static Position start(ReadRequest request) {
        return switch (request.bounds()) {
            case ReadBounds.After(Position position) -> position;
            case ReadBounds.Everything() -> Position.START;
            case ReadBounds.Occurred(var _, var _) -> Position.START;
        };
    }

    /// The head of the log as a server sees it that is fresh enough.
    public Position head(Consistency consistency, Duration timeout) {
        return ask(
                "read the head of the log",
                consistency,
                Deadline.in(timeout, nanos),
                session -> {
                    Position head = pages.head(session);
                    return new Routing.Seen<>(head, head);
                });
    }

    /// Asks any server that is fresh enough.
    public <T> T ask(
            String what,
            Consistency consistency,
            Deadline deadline,
            Sessions.Work<Routing.Seen<T>> work) {
        return routing.ask(what, consistency, deadline, work).value();
    }
}
