package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.Mix;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.engine.Workload;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.PoolBounds;
import io.floodmark.load.postgres.ServerSession;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.postgres.SessionPool;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.time.SystemTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A worker's client gives every session back, whatever happens while it has it.
final class TableClientTest {

    private static final int SESSIONS = 2;

    private final ConnectionTarget target = TestServer.superuser();
    private final TableNames names = new TableNames("table_client");
    private final TableLayout layout =
            new TableLayout(new TableSql(names), new People(1), new RowMarks("r1"), 1, 1);
    private final TableOperations operations =
            new TableOperations(
                    new Mix(Map.of("insert", 100)),
                    SystemTime.INSTANCE,
                    layout.people(),
                    new InsertLedger(),
                    new UpdateLedger());
    private final TablePreparation preparation =
            new TablePreparation(
                    TablePreparation.Errands.to(target), names, layout, AfterRun.DROP, () -> false);

    @BeforeEach
    void prepare() {
        operations.seeded(preparation.prepare(1, _ -> {}));
    }

    @AfterEach
    void drop() {
        preparation.drop();
    }

    /// Sessions with a bug in every insert.
    private final class Sessions implements SessionFactory<TableSession> {

        @Override
        public TableSession open() throws SQLException {
            return new TableSession(
                    new ServerSession(
                            AnswersOf.connection(
                                    TestServer.connect(target), (method, _) -> fail(method)),
                            ServerSession.DEFAULT_GRACE),
                    layout);
        }

        private static void fail(String method) {
            if (method.equals("setInt")) {
                throw new IllegalStateException("a bug");
            }
        }

        @Override
        public void abort(TableSession session) {
            session.server().abort();
        }
    }

    private record Inserting(SessionPool<TableSession> pool, TableOperations table)
            implements Workload {

        @Override
        public List<OperationShare> operations() {
            return table.shares();
        }

        @Override
        public Client newClient(int worker) {
            return new TableClient(pool, table);
        }
    }

    @Test
    void session_comes_back_from_an_operation_with_a_bug() {
        Duration length = Duration.ofMillis(600);
        LoadPlan plan =
                new LoadPlan(
                        ArrivalNotation.parse("constant", 20, length),
                        length,
                        SESSIONS,
                        10,
                        QueuePolicy.REJECT,
                        Optional.of(Duration.ofSeconds(5)),
                        42);
        try (var pool =
                new SessionPool<>(
                        new Sessions(),
                        new PoolBounds(SESSIONS, SESSIONS),
                        SystemTime.INSTANCE::nanos)) {
            EngineResult result =
                    new Engine(
                                    SystemTime.INSTANCE,
                                    plan,
                                    new Inserting(pool, operations),
                                    new RunControl())
                            .run((_, _) -> {});

            // With sessions lost, the third operation would wait for one until its deadline.
            assertThat(result.account().failed()).isEqualTo(result.account().due());
            assertThat(result.failures())
                    .singleElement()
                    .satisfies(f -> assertThat(f.example()).isEqualTo("a bug"));
            assertThat(pool.stats().active()).isZero();
        }
    }
}
