package io.floodmark.load.table;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.GovernedPool;
import io.floodmark.load.workload.WorkloadContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The `table` workload; to write another workload, copy this class.
public final class TableWorkload implements DatabaseWorkload {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// How long the server may take for one answer to the check of writes, which reads all of them.
    private static final Duration CHECK_ANSWER_MAX = Duration.ofMinutes(10);

    private static final Duration REHEARSAL_ANSWER_MAX = Duration.ofSeconds(10);

    /// Payload of a row: a kilobyte of data and about 150 bytes about the person.
    private static final double ROW_BYTES = 1_180;

    private final WorkloadContext context;
    private final RunConfig.Data data;
    private final TableNames names;
    private final TableLayout layout;
    private final InsertLedger inserts = new InsertLedger();
    private final UpdateLedger updates = new UpdateLedger();
    private final TableOperations operations;
    private final TablePreparation preparation;
    private SeededRows seeded = new SeededRows(1, 0);
    private Optional<GovernedPool<TableSession>> pool = Optional.empty();
    private boolean prepared;

    public TableWorkload(WorkloadContext context) {
        this.context = context;
        this.data = context.config().data();
        names = new TableNames(data.table());
        layout =
                new TableLayout(
                        new TableSql(names),
                        new People(context.config().load().seed()),
                        new RowMarks(context.runId().replaceAll("[^a-z0-9]", "")),
                        data.batchSize(),
                        data.readBatchSize());
        operations =
                new TableOperations(data.mix(), context.time(), layout.people(), inserts, updates);
        preparation =
                new TablePreparation(
                        TablePreparation.Errands.to(context.target()),
                        names,
                        layout,
                        data.afterRun(),
                        this::stopped);
    }

    @Override
    public List<OperationShare> operations() {
        return operations.shares();
    }

    @Override
    public OwnObject own() {
        return new OwnObject.Table(names.quoted());
    }

    @Override
    public int connectionsMax() {
        RunConfig config = context.config();
        return Math.min(config.pool().maxConnections(), config.load().workers());
    }

    @Override
    public long expectedWriteBytes(double operations) {
        double inserting =
                (data.mix().percent("insert") + data.mix().percent("transaction")) / 100.0;
        double updating =
                (data.mix().percent("update") + data.mix().percent("transaction")) / 100.0;
        double rows = operations * (inserting * data.batchSize() + updating) + data.seedRows();
        return (long) (rows * ROW_BYTES);
    }

    @Override
    public void prepare(Consumer<String> progress) throws Exception {
        if (data.seedRows() == 0
                && data.mix().percent("update") + data.mix().percent("transaction") > 0) {
            throw new ConfigurationException(
                    List.of(
                            "seed-rows: 0 rows leave nothing to update; seed some or leave update out of the mix"));
        }
        prepared = true;
        try {
            seeded = preparation.prepare(data.seedRows(), progress);
            operations.seeded(seeded);
            if (!stopped()) {
                rehearse(progress);
                pool = Optional.of(GovernedPool.open(context, new Sessions()));
            }
        } catch (SQLException e) {
            throw ConnectionFailure.of(context.target(), e);
        }
    }

    private void rehearse(Consumer<String> progress) {
        new TableRehearsal(
                        new Errand(context.target(), REHEARSAL_ANSWER_MAX),
                        context.time(),
                        context.rehearsal(TableRehearsal.LENGTH_MAX),
                        layout,
                        this::stopped)
                .run(progress);
    }

    private boolean stopped() {
        return context.control().requested().isPresent();
    }

    /// Opens sessions for the pool.
    private final class Sessions implements SessionFactory<TableSession> {

        @Override
        public TableSession open() throws SQLException {
            return TableSession.open(context.target(), CONNECT_MAX, layout);
        }

        @Override
        public void abort(TableSession session) {
            session.server().abort();
        }
    }

    @Override
    public Client newClient(int worker) {
        return new TableClient(
                pool.orElseThrow(() -> new IllegalStateException("not prepared")).sessions(),
                operations);
    }

    @Override
    public SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = pool.map(GovernedPool::gauges).orElseGet(TreeMap::new);
        gauges.put("bytes_written", operations.bytesWritten());
        return gauges;
    }

    @Override
    public Optional<WriteCheck> check(Consumer<String> progress) {
        // What still hangs in a session is not to write while we count; what was sent may land.
        closePool();
        if (inserts.acknowledged()
                        + updates.acknowledgedRows()
                        + inserts.unknown()
                        + updates.unknown()
                == 0) {
            return Optional.empty();
        }
        progress.accept(
                "checking %,d acknowledged inserts and %,d updated rows"
                        .formatted(inserts.acknowledged(), updates.acknowledgedRows()));
        return Optional.of(
                new WriteChecker(
                                new Errand(context.target(), CHECK_ANSWER_MAX),
                                layout,
                                inserts,
                                updates)
                        .check(seeded));
    }

    @Override
    public void close() {
        closePool();
        if (prepared && data.afterRun() != AfterRun.KEEP) {
            try {
                preparation.drop();
            } catch (ConnectionFailure | ConfigurationException e) {
                context.control()
                        .notice(
                                "table %s could not be dropped (%s); drop it by hand if it is yours"
                                        .formatted(data.table(), e.getMessage()));
            }
        }
    }

    private void closePool() {
        pool.ifPresent(GovernedPool::close);
        pool = Optional.empty();
    }
}
