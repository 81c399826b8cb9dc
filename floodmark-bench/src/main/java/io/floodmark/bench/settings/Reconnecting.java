package io.floodmark.bench.settings;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Sink;
import java.util.List;

/// A sink whose writers end their connection after so many batches and take another one.
record Reconnecting(Sink sink, int batches) implements Sink {

    @Override
    public AckLevel level() {
        return sink.level();
    }

    @Override
    public Writer open() {
        return new Renewed();
    }

    private final class Renewed implements Writer {
        private Writer writer = sink.open();
        private int written;

        @Override
        public Written write(List<Delivery> batch) {
            if (written++ == batches) {
                writer.close();
                writer = sink.open();
                written = 1;
            }
            return writer.write(batch);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
