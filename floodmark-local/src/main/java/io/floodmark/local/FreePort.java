package io.floodmark.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Chooses a TCP port that is free on loopback now; somebody else may take it before it is used.
final class FreePort {
    private FreePort() {}

    static int choose() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
