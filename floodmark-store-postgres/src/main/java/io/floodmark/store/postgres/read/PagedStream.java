package io.floodmark.store.postgres.read;

import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.session.Deadline;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;

/// The events of a read, fetched page by page; no connection is held between pages.
///
/// All pages come from the server that gave the first, or from the primary if that server fails or
/// answers from an older state. For one thread at a time.
final class PagedStream implements EventStream {
    private final PageReader.Plan plan;
    private final PageReader reader;
    private final Supplier<Deadline> deadlines;
    private final Server primary;
    private final PageSize size;
    private final Position end;
    private final Queue<RecordedEvent> events = new ArrayDeque<>();
    private Server server;
    private Position readUpTo;

    /// @param deadlines gives each wait its deadline
    PagedStream(
            Routing.Answer<FirstPage> first,
            PageReader reader,
            Server primary,
            PageSize size,
            Supplier<Deadline> deadlines) {
        this.plan = first.value().plan();
        this.reader = reader;
        this.primary = primary;
        this.size = size;
        this.deadlines = deadlines;
        this.server = first.server();
        this.end = first.head();
        this.readUpTo = Position.START;
        take(first.value().page());
    }

    /// What the opening of a stream reads.
    record FirstPage(PageReader.Plan plan, Page page) {}

    private void take(Page page) {
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
            Deadline deadline = deadlines.get();
            while (events.isEmpty() && readUpTo.isBefore(end)) {
                take(nextPage(deadline));
            }
        }
        return !events.isEmpty();
    }

    private Page nextPage(Deadline deadline) {
        var window = new Param.Window(readUpTo, end, size.events());
        if (server != primary) {
            try {
                Page page = page(deadline, window);
                if (!page.head().isBefore(end)) {
                    return page;
                }
            } catch (StoreUnavailable e) {
                server.failed();
            }
            server = primary;
        }
        return page(deadline, window);
    }

    private Page page(Deadline deadline, Param.Window window) {
        return server.sessions()
                .read("read events", deadline, session -> reader.read(session, plan, window));
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
