package io.floodmark.local;

import java.io.IOException;
import org.jspecify.annotations.NullMarked;

/// A program that starts a server, prints what a test needs to know of it, and ends without closing
/// it when its input ends.
@NullMarked
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws IOException {
        LocalPostgres server = LocalPostgres.start();
        System.out.println(server.pid());
        System.out.println(server.dataDirectory());
        System.out.println(ServerAccount.current());
        while (System.in.read() >= 0) {
            // The test ends this process, or closes its input.
        }
    }
}
