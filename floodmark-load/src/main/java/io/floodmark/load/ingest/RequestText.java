package io.floodmark.load.ingest;

import io.floodmark.load.config.RunConfig;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Writes the bytes of requests. *Threads.* One.
final class RequestText {

    private final EventText text;
    private final boolean gzip;
    private final Map<Kind, byte[]> heads = new EnumMap<>(Kind.class);
    private final Bytes body = new Bytes(32 * 1024);
    private final Bytes packed = new Bytes(8 * 1024);
    private final Bytes request = new Bytes(32 * 1024);
    private boolean reused;

    RequestText(Endpoint endpoint, RunConfig.Traffic traffic, EventText text) {
        this.text = text;
        this.gzip = traffic.gzip();
        for (Kind kind : Kind.ALL) {
            heads.put(kind, endpoint.head(kind.path(), kind.contentType(), gzip));
        }
    }

    /// Writes the request that holds these events.
    void write(Kind kind, long first, int events, String now) {
        body.clear();
        switch (kind) {
            case SINGLE -> text.write(kind.lane(), first, now, body);
            case BATCH, SLOW -> array(kind.lane(), first, events, now);
            case NDJSON -> lines(kind.lane(), first, events, now);
        }
        Bytes content = gzip ? packed() : body;
        byte[] head = heads.getOrDefault(kind, new byte[0]);
        request.clear();
        request.write(head, 0, head.length);
        request.number(content.length()).ascii("\r\n\r\n");
        request.write(content.array(), 0, content.length());
    }

    private void array(Lane lane, long first, int events, String now) {
        for (int i = 0; i < events; i++) {
            body.put((byte) (i == 0 ? '[' : ','));
            text.write(lane, first + i, now, body);
        }
        body.put((byte) ']');
    }

    private void lines(Lane lane, long first, int events, String now) {
        for (int i = 0; i < events; i++) {
            text.write(lane, first + i, now, body);
            body.put((byte) '\n');
        }
    }

    private Bytes packed() {
        packed.clear();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(body.array(), 0, body.length());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return packed;
    }

    /// The request that was written last.
    Bytes request() {
        return request;
    }

    /// Whether the connection has carried a request before.
    boolean reused() {
        return reused;
    }

    void answered(boolean keepAlive) {
        reused = keepAlive;
    }

    void reconnected() {
        reused = false;
    }
}
