package io.floodmark.load.ingest;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.Draws;
import io.floodmark.load.workload.OwnSchema;
import io.floodmark.load.workload.ServiceStarter;
import io.floodmark.load.workload.WorkloadContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The `ingest` workload: requests with events to an ingestion service, in a process of its own
/// beside its database, or to one that runs anyway.
public final class IngestWorkload implements DatabaseWorkload {

    /// An event, its id and its indexes in the database.
    private static final double EVENT_BYTES = 600;

    /// Connections of a service that the run starts.
    private static final int SERVICE_CONNECTIONS = 5;

    private static final Duration ERRAND_MAX = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS_MAX = 5_000;

    /// The database's clock may be behind ours.
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private final WorkloadContext context;
    private final RunConfig.Ingest ingest;
    private final EventLedger ledger = new EventLedger();
    private final Tallies tallies = new Tallies();
    private final Instant started = SystemTime.INSTANCE.now();
    private final EventNames names;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<OperationShare> shares = new ArrayList<>();
    private Optional<ServiceStarter.Service> service = Optional.empty();
    private Optional<Endpoint> endpoint = Optional.empty();
    private Optional<AckedFile> acked = Optional.empty();
    private Acks acks = new Acks();
    private boolean made;

    public IngestWorkload(WorkloadContext context) {
        this.context = context;
        this.ingest = context.config().ingest();
        this.names = EventNames.of(context.runId(), started.toEpochMilli());
        for (Kind kind : Kind.ALL) {
            int percent = ingest.mix().percent(kind.label());
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
        return new OwnObject.Schema(ingest.schema());
    }

    @Override
    public int connectionsMax() {
        return SERVICE_CONNECTIONS;
    }

    @Override
    public long expectedWriteBytes(double operations) {
        double single = ingest.mix().percent(Kind.SINGLE.label()) / 100.0;
        double events = operations * (single + (1 - single) * ingest.traffic().batch());
        return (long) (events * EVENT_BYTES);
    }

    /// Finds the service, and starts it where none is named, without the rehearsal that [#prepare]
    /// makes: for callers that have warmed it up.
    public void reach(Consumer<String> progress) {
        URI address = ingest.service().isPresent() ? ingest.service().get() : start(progress);
        endpoint = Optional.of(reached(address));
    }

    @Override
    public void prepare(Consumer<String> progress) throws Exception {
        reach(progress);
        Sender.Parts rehearsed =
                parts(
                        EventNames.of(context.runId() + "-rehearsal", started.toEpochMilli()),
                        new EventLedger(),
                        new Tallies());
        try (Sender sender = new Sender(endpoint(), ingest.traffic(), rehearsed)) {
            new Rehearsal(
                            sender,
                            kinds,
                            context.time(),
                            context.rehearsal(Rehearsal.LENGTH_MAX),
                            this::stopped)
                    .run(progress);
        }
        // After the rehearsal, whose acknowledgements are none of the run's.
        acked = ingest.ackedFile().map(this::open);
        acks = acked.map(Acks::new).orElseGet(Acks::new);
    }

    private AckedFile open(Path path) {
        try {
            return AckedFile.open(path, names, ledger, context.time());
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("acked-file: %s cannot be written (%s)".formatted(path, e)));
        }
    }

    private boolean stopped() {
        return context.control().requested().isPresent();
    }

    private URI start(Consumer<String> progress) {
        schema().make(progress);
        made = true;
        progress.accept("starting an ingestion service");
        ServiceStarter.Service started =
                context.services().start(context.target(), ingest.schema());
        service = Optional.of(started);
        return started.address();
    }

    private OwnSchema schema() {
        return new OwnSchema(
                new OwnObject.Schema(ingest.schema()),
                ingest.afterRun(),
                new Errand(context.target(), ERRAND_MAX));
    }

    private Endpoint reached(URI address) {
        try {
            Endpoint found = Endpoint.of(address, ingest.apiKey());
            HttpLink.open(found, CONNECT_MILLIS_MAX).close();
            return found;
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "service: nothing takes requests at %s (%s); is it the right address?"
                                    .formatted(address, e.getMessage())));
        }
    }

    private Endpoint endpoint() {
        return endpoint.orElseThrow(() -> new IllegalStateException("not prepared"));
    }

    private Sender.Parts parts(EventNames of, EventLedger into, Tallies counting) {
        long seed = context.config().load().seed();
        return new Sender.Parts(
                context.time(),
                new EventText(of, new Draws(seed), ingest.traffic()),
                into,
                counting,
                acks);
    }

    @Override
    public Client newClient(int worker) {
        return new IngestClient(
                new Sender(endpoint(), ingest.traffic(), parts(names, ledger, tallies)), kinds);
    }

    @Override
    public SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>();
        gauges.put("bytes_written", tallies.bytes());
        return gauges;
    }

    @Override
    public SortedMap<String, Long> counts() {
        return tallies.counts();
    }

    /// A service of ours ends first: so what it has accepted is stored, or it says that it is not.
    @Override
    public Optional<WriteCheck> check(Consumer<String> progress) {
        if (ledger.acknowledged() + ledger.count(EventLedger.Note.UNKNOWN) == 0) {
            return Optional.empty();
        }
        Optional<String> problem = service.flatMap(ServiceStarter.Service::stop);
        ledger.freeze();
        Optional<String> shortFile = finishAckedFile(progress);
        if (context.database().isEmpty()) {
            progress.accept(
                    "acknowledged events are not looked for: name the service's PostgreSQL (--url) to have that"
                            + " done, or look yourself: --acked-file and floodmark ingest audit");
            return shortFile.map(WriteCheck::notMade);
        }
        progress.accept("checking %,d acknowledged events".formatted(ledger.acknowledged()));
        if (ledger.passedOver() > 0) {
            progress.accept(
                    "%,d events are passed over: the check covers the first %,d of each kind"
                            .formatted(ledger.passedOver(), EventLedger.EVENTS_MAX));
        }
        WriteCheck stored =
                new StoredCheck(
                                new Errand(context.target(), ERRAND_MAX),
                                ingest.schema(),
                                names,
                                ledger)
                        .check(started.minus(CLOCKS_APART));
        return Optional.of(withSurprises(stored, problem, shortFile));
    }

    /// An audit of a file that lacks ids would find nothing missing.
    ///
    /// @return what is wrong with the file, if it lacks any
    private Optional<String> finishAckedFile(Consumer<String> progress) {
        Optional<String> said = acked.flatMap(file -> file.finish(acks.words()));
        said.ifPresent(progress);
        return acked.filter(file -> !file.isWhole()).flatMap(_ -> said);
    }

    private WriteCheck withSurprises(
            WriteCheck check, Optional<String> problem, Optional<String> shortFile) {
        List<String> violations = new ArrayList<>(check.violations());
        problem.ifPresent(violations::add);
        shortFile.ifPresent(violations::add);
        add(violations, tallies.takenAlthoughInvalid(), "%,d events with a mistake were taken");
        add(violations, tallies.rejectedAlthoughValid(), "%,d good events were rejected");
        return new WriteCheck(
                check.acknowledged(),
                check.found(),
                check.ackedLost(),
                check.duplicated(),
                check.unknown(),
                check.unknownFound(),
                violations,
                check.problem());
    }

    private static void add(List<String> to, long count, String sentence) {
        if (count > 0) {
            to.add(sentence.formatted(count));
        }
    }

    @Override
    public void close() {
        acked.ifPresent(AckedFile::close);
        service.ifPresent(ServiceStarter.Service::close);
        service = Optional.empty();
        if (made && ingest.afterRun() != AfterRun.KEEP) {
            try {
                schema().drop();
            } catch (ConnectionFailure | ConfigurationException e) {
                context.control()
                        .notice(
                                "schema %s could not be dropped (%s); drop it by hand if it is yours"
                                        .formatted(ingest.schema(), e.getMessage()));
            }
        }
    }
}
