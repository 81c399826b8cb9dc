package io.floodmark.load.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A workload whose one operation is a function that a test writes.
record ScriptedWorkload(AtomicInteger running, AtomicInteger runningMax, Script script)
        implements Workload {

    /// What an operation does; interrupted when it is cancelled.
    interface Script {
        void run(Operation operation) throws Exception;
    }

    static ScriptedWorkload of(Script script) {
        return new ScriptedWorkload(new AtomicInteger(), new AtomicInteger(), script);
    }

    @Override
    public List<OperationShare> operations() {
        return List.of(new OperationShare("scripted", 100));
    }

    @Override
    public Client newClient(int worker) {
        return new ScriptedClient();
    }

    private final class ScriptedClient implements Client {
        private volatile Thread performing = Thread.currentThread();

        @Override
        public void perform(Operation operation) throws Exception {
            performing = Thread.currentThread();
            runningMax.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                script.run(operation);
            } finally {
                running.decrementAndGet();
                // A cancellation must not reach the next operation; end() waits for a claimed one.
            }
        }

        @Override
        public void cancel() {
            performing.interrupt();
        }
    }
}
