package io.floodmark.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.Operation;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.engine.Workload;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ThreadCostTest {

    private static final int BLOCK_BYTES = 512;

    /// Allocates a known amount with each operation, beside what the meter sees.
    private static final class Allocating implements Workload {
        private final MeteredNoOp meter = new MeteredNoOp(SystemTime.INSTANCE, Duration.ZERO);
        private final AtomicReference<byte[]> escape = new AtomicReference<>(new byte[0]);

        @Override
        public List<OperationShare> operations() {
            return meter.operations();
        }

        @Override
        public Client newClient(int worker) {
            Client metered = meter.newClient(worker);
            return new Client() {
                @Override
                public void perform(Operation operation) throws Exception {
                    escape.setPlain(new byte[BLOCK_BYTES]);
                    metered.perform(operation);
                }

                @Override
                public void cancel() {}
            };
        }
    }

    @Test
    void what_an_operation_allocates_is_seen() {
        Allocating target = new Allocating();
        LoadPlan plan =
                new LoadPlan(
                        new Pacing.Closed(),
                        Duration.ofMillis(200),
                        1,
                        1,
                        QueuePolicy.WAIT,
                        Optional.empty(),
                        1);

        new Engine(SystemTime.INSTANCE, plan, target, new RunControl()).run((_, _) -> {});

        assertThat(target.meter.bytesPerOperation())
                .isBetween((double) BLOCK_BYTES, 2.0 * BLOCK_BYTES);
    }

    @Test
    void too_few_operations_are_no_measurement() {
        MeteredNoOp target = new MeteredNoOp(SystemTime.INSTANCE, Duration.ZERO);

        assertThatThrownBy(target::bytesPerOperation)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("measure longer");
    }
}
