package io.floodmark.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Asks a broker, in Kafka's own protocol, which brokers can be used: none is named before the
/// broker itself is ready for topics and records.
final class KafkaMetadata {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final short METADATA = 3;
    private static final short VERSION = 1;
    private static final int NO_TOPICS = 0;
    private static final int REQUEST_BYTES = 14;
    private static final int ANSWER_BYTES_MAX = 1 << 16;

    private KafkaMetadata() {}

    static boolean namesBroker(int port) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                    CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            ask(new DataOutputStream(socket.getOutputStream()));
            return brokers(new DataInputStream(socket.getInputStream())) > 0;
        } catch (IOException e) {
            // Not listening yet, or not answering yet: the caller asks again until its time is up.
            return false;
        }
    }

    private static void ask(DataOutputStream out) throws IOException {
        out.writeInt(REQUEST_BYTES);
        out.writeShort(METADATA);
        out.writeShort(VERSION);
        int correlation = 1;
        out.writeInt(correlation);
        int clientWithoutName = -1;
        out.writeShort(clientWithoutName);
        out.writeInt(NO_TOPICS);
        out.flush();
    }

    private static int brokers(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 2 * Integer.BYTES || length > ANSWER_BYTES_MAX) {
            throw new IOException("not an answer of Kafka: %d bytes".formatted(length));
        }
        in.readInt();
        return in.readInt();
    }
}
