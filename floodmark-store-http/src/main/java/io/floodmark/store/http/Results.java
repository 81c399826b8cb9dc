package io.floodmark.store.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.store.RecordedEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/// Writes events as one JSON array.
///
/// What is short is sent as a whole, so that a failure of the store is still answered with its own
/// status. What is long is streamed; a failure in its midst breaks the transfer off, and the caller
/// never takes a part for the whole.
final class Results {
    private static final int WHOLE_BYTES_MAX = 256 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final DcbLimits limits;

    Results(DcbLimits limits) {
        this.limits = limits;
    }

    void send(Iterator<RecordedEvent> events, long limit, ServerResponse response)
            throws IOException {
        response.header("Content-Type", "application/json");
        try (Sink sink = new Sink(response);
                JsonGenerator json = JSON.createGenerator(sink)) {
            write(events, limit, json);
            json.flush();
            sink.finish();
        } catch (RuntimeException | IOException e) {
            if (response.isSent() || response.bytesWritten() > 0) {
                throw new CloseConnectionException("a result could not be finished", e);
            }
            throw e;
        }
    }

    private void write(Iterator<RecordedEvent> events, long limit, JsonGenerator json)
            throws IOException {
        json.writeStartArray();
        for (long count = 0; count < limit && events.hasNext(); count++) {
            if (count == limits.resultEventsMax()) {
                throw Refused.tooLarge(
                        "the result has more than %d events; read it in parts with options.from and options.limit"
                                .formatted(limits.resultEventsMax()));
            }
            DcbEvents.write(events.next(), json);
        }
        json.writeEndArray();
    }

    /// Collects up to a bound, then streams.
    private static final class Sink extends OutputStream {
        private final ServerResponse response;
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private OutputStream stream = OutputStream.nullOutputStream();
        private boolean streaming;

        Sink(ServerResponse response) {
            this.response = response;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!streaming && whole.size() + length > WHOLE_BYTES_MAX) {
                streaming = true;
                stream = response.outputStream();
                whole.writeTo(stream);
            }
            if (streaming) {
                stream.write(bytes, offset, length);
            } else {
                whole.write(bytes, offset, length);
            }
        }

        /// The result is complete.
        void finish() throws IOException {
            if (streaming) {
                stream.close();
            } else {
                response.send(whole.toByteArray());
            }
        }

        /// Leaves an unfinished stream as it is: closing it would end it as if it were whole.
        @Override
        public void close() {}
    }
}
