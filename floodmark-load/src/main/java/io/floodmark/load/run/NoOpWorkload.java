package io.floodmark.load.run;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.Operation;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.Workload;
import java.util.List;

/// A target that does nothing: what remains is the generator itself.
public final class NoOpWorkload implements Workload {

    @Override
    public List<OperationShare> operations() {
        return List.of(new OperationShare("no-op", 100));
    }

    @Override
    public Client newClient(int worker) {
        return new Client() {
            @Override
            public void perform(Operation operation) {}

            @Override
            public void cancel() {}
        };
    }
}
