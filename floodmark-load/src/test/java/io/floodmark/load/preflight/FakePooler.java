package io.floodmark.load.preflight;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a client sees of a pooler: another port, and a process id that is not the backend's.
///
/// Forwards one plain connection after the other; with `renumber` it changes the process id in the
/// server's `BackendKeyData` on the way.
final class FakePooler implements AutoCloseable {

    private static final int BACKEND_KEY_DATA = 'K';
    private static final int READY_FOR_QUERY = 'Z';

    private final ServerSocket listener;
    private final int serverPort;
    private final boolean renumber;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    FakePooler(int serverPort, boolean renumber) throws IOException {
        this.serverPort = serverPort;
        this.renumber = renumber;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> quietly(this::accept));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            sockets.addAll(List.of(client, server));
            Thread.ofVirtual().start(() -> quietly(() -> copy(client, server)));
            Thread.ofVirtual().start(() -> quietly(() -> answer(server, client)));
        }
    }

    private void answer(Socket server, Socket client) throws IOException {
        if (renumber) {
            DataInputStream in = new DataInputStream(server.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            int type;
            do {
                type = message(in, out);
            } while (type != READY_FOR_QUERY);
        }
        copy(server, client);
    }

    private static int message(DataInputStream in, DataOutputStream out) throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        if (type == BACKEND_KEY_DATA) {
            body[Integer.BYTES - 1] ^= 1;
        }
        out.writeByte(type);
        out.writeInt(length);
        out.write(body);
        out.flush();
        return type;
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Transfer {
        void run() throws IOException;
    }

    private static void quietly(Transfer transfer) {
        try {
            transfer.run();
        } catch (IOException e) {
            // One side has closed: that is how connections end here.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
