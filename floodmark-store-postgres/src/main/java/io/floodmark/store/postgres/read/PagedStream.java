package io.floodmark.store.postgres.read;

import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.postgres.observe.Calls;
import io.floodmark.store.postgres.observe.Footprint;
import io.floodmark.store.postgres.observe.Tellings;
import io.floodmark.store.postgres.session.Deadline;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of a read, fetched page by page; no connection is held between pages.
///
/// All pages come from the server that gave the first, or from the primary if that server fails or
/// answers from an older state. For one thread at a time.
final class PagedStream implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(PagedStream.class);

    private final PageReader.Plan plan;
    private final Source source;
    private final Supplier<Deadline> deadlines;
    private final PageSize size;
    private final Position end;
    private final Queue<RecordedEvent> events = new ArrayDeque<>();
    private Server server;
    private Position readUpTo;

    /// @param deadlines gives each wait its deadline
    PagedStream(
            Routing.Answer<FirstPage> first,
            Source source,
            PageSize size,
            Supplier<Deadline> deadlines) {
        this.plan = first.value().plan();
        this.source = source;
        this.size = size;
        this.deadlines = deadlines;
        this.server = first.server();
        this.end = first.head();
        this.readUpTo = Position.START;
        take(first.value().page());
    }

    /// What the opening of a stream reads.
    record FirstPage(PageReader.Plan plan, Page page) {}

    /// Where further pages come from.
    ///
    /// @param routing which server is the primary
    /// @param calls how pages are read
    record Source(PageReader reader, Routing routing, Calls calls) {}

    private void take(Page page) {
        Footprint.current().moved(page.events().size(), page.bytes());
        events.addAll(page.events());
        readUpTo = page.readUpTo();
        size.learn(page);
    }

    @Override
    public Position readUpTo() {
        return end;
    }

    @Override
    public boolean hasNext() {
        if (events.isEmpty() && readUpTo.isBefore(end)) {
            fetch();
        }
        return !events.isEmpty();
    }

    private void fetch() {
        if (source.calls().isSilent()) {
            var _ = fetchSome();
        } else {
            var _ = source.calls().make(Operation.READ_PAGE, this::fetchSome, Tellings::done);
        }
    }

    /// Reads pages until one has events, or all is read.
    private Position fetchSome() {
        Deadline deadline = deadlines.get();
        while (events.isEmpty() && readUpTo.isBefore(end)) {
            take(nextPage(deadline));
        }
        return readUpTo;
    }

    private Page nextPage(Deadline deadline) {
        var window = new Param.Window(readUpTo, end, size.events());
        Server primary = source.routing().primary();
        if (server != primary) {
            try {
                Page page = page(deadline, window);
                if (!page.head().isBefore(end)) {
                    return page;
                }
            } catch (StoreUnavailable e) {
                server.failed();
            }
            LOG.debug(
                    "the {} can no longer give pages of a read; it goes on at the primary",
                    server.sessions().server());
            server = primary;
        }
        return page(deadline, window);
    }

    private Page page(Deadline deadline, Param.Window window) {
        PageReader reader = source.reader();
        Page page =
                server.sessions()
                        .read(
                                "read events",
                                deadline,
                                session -> reader.read(session, plan, window));
        Footprint.current().answeredBy(source.routing().role(server));
        return page;
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the read has no more events");
        }
        return events.remove();
    }

    @Override
    public void close() {
        events.clear();
        readUpTo = end;
    }
}
