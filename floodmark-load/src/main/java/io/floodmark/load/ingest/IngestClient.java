package io.floodmark.load.ingest;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.Operation;
import java.util.List;

/// One worker's connection to the service. *Threads.* As [Client] says.
final class IngestClient implements Client {

    private final Sender sender;
    private final List<Kind> kinds;

    /// @param kinds the kinds of request by the engine's index
    IngestClient(Sender sender, List<Kind> kinds) {
        this.sender = sender;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public void perform(Operation operation) {
        sender.send(
                new Sender.Wish(
                        kinds.get(operation.kind()),
                        operation.sequence(),
                        operation.deadlineNanos()),
                new Moments(operation));
    }

    private record Moments(Operation operation) implements Sender.Moments {

        @Override
        public void acquired() {
            operation.acquired();
        }

        @Override
        public void sent() {
            operation.sent();
        }
    }

    @Override
    public void cancel() {
        sender.cancel();
    }

    @Override
    public void close() {
        sender.close();
    }
}
