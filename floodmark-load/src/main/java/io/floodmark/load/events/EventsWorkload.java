package io.floodmark.load.events;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.Draws;
import io.floodmark.load.workload.WorkloadContext;
import io.floodmark.store.Consistency;
import io.floodmark.store.EventStore;
import io.floodmark.store.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The `events` workload: a library that lends books, on an event store.
public final class EventsWorkload implements DatabaseWorkload {

    /// Payload, metadata, tags and the rest of an event.
    private static final double EVENT_BYTES = 450;

    /// So many more books and readers exist than the library begins with, one in ten.
    private static final int SPARE_SHARE = 10;

    private final WorkloadContext context;
    private final StoreHome home;
    private final RunConfig.Events events;
    private final Names names;
    private final AppendLedger ledger = new AppendLedger();
    private final Tallies tallies = new Tallies();
    private final List<Kind> kinds = new ArrayList<>();
    private final List<OperationShare> shares = new ArrayList<>();
    private Optional<Opened> opened = Optional.empty();

    /// What there is once the store is open.
    ///
    /// @param start head of the log before the run wrote anything
    private record Opened(EventStore store, Position start, LibraryDesk desk) {}

    public EventsWorkload(WorkloadContext context, StoreHome home) {
        this.context = context;
        this.home = home;
        this.events = context.config().events();
        this.names = new Names(context.runId().replaceAll("[^a-z0-9]", ""));
        for (Kind kind : Kind.ALL) {
            int percent = events.mix().percent(kind.label());
            if (percent > 0) {
                kinds.add(kind);
                shares.add(new OperationShare(kind.label(), percent));
            }
        }
    }

    @Override
    public List<OperationShare> operations() {
        return shares;
    }

    @Override
    public OwnObject own() {
        return home.own();
    }

    @Override
    public int connectionsMax() {
        return home.connectionsMax();
    }

    @Override
    public long expectedWriteBytes(double operations) {
        double writing = (100 - events.mix().percent(Kind.READ.label())) / 100.0;
        RunConfig.Library library = events.library();
        return (long) ((operations * writing + library.books() + library.readers()) * EVENT_BYTES);
    }

    @Override
    public void prepare(Consumer<String> progress) throws Exception {
        EventStore store = home.open(progress);
        Position start = store.head(Consistency.strong());
        LibraryState known = emptyLibrary();
        long seed = context.config().load().seed();
        Chronicle chronicle = new Chronicle(names, seed, context.time(), SystemTime.INSTANCE.now());
        LibraryDesk.Parts parts =
                new LibraryDesk.Parts(
                        context.time(),
                        names,
                        chronicle,
                        new Choices(new Draws(seed), events, known),
                        known,
                        ledger,
                        tallies);
        opened = Optional.of(new Opened(store, start, new LibraryDesk(store, events, parts)));
        new LibrarySeeding(store, chronicle, known, this::stopped).seed(events.library(), progress);
        LibraryDesk uncounted =
                new LibraryDesk(store, events, parts.countedBy(new AppendLedger(), new Tallies()));
        new LibraryRehearsal(
                        uncounted,
                        context.time(),
                        context.rehearsal(LibraryRehearsal.LENGTH_MAX),
                        this::stopped)
                .run(progress);
        progress.accept(
                "opened a library of %,d books and %,d readers"
                        .formatted(events.library().books(), events.library().readers()));
    }

    private boolean stopped() {
        return context.control().requested().isPresent();
    }

    private LibraryState emptyLibrary() {
        RunConfig.Library library = events.library();
        return new LibraryState(withSpares(library.books()), withSpares(library.readers()));
    }

    private static int withSpares(int count) {
        return count + Math.ceilDiv(count, SPARE_SHARE);
    }

    @Override
    public Client newClient(int worker) {
        return new LibraryClient(opened().desk(), kinds);
    }

    private Opened opened() {
        return opened.orElseThrow(() -> new IllegalStateException("not prepared"));
    }

    @Override
    public SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>(home.gauges());
        gauges.put("bytes_written", tallies.bytes());
        return gauges;
    }

    @Override
    public SortedMap<String, Long> counts() {
        return tallies.counts();
    }

    @Override
    public Optional<WriteCheck> check(Consumer<String> progress) {
        if (ledger.acknowledged() + ledger.unknown() + ledger.passedOver() == 0) {
            return Optional.empty();
        }
        progress.accept(
                "checking %,d acknowledged events and the rules of the library"
                        .formatted(ledger.acknowledged()));
        if (ledger.passedOver() > 0) {
            progress.accept(
                    "%,d events are passed over: the check covers the first %,d operations"
                            .formatted(ledger.passedOver(), AppendLedger.OPERATIONS_MAX));
        }
        RuleBook rules = new RuleBook(emptyLibrary(), events.library().loanLimit());
        return Optional.of(
                new LogCheck(opened().store(), names, ledger, rules, context.time())
                        .check(opened().start()));
    }

    @Override
    public void close() {
        home.close();
    }
}
