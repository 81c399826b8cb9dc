package io.floodmark.local;

import java.io.IOException;
import org.jspecify.annotations.NullMarked;

/// A program that starts a broker, prints what a test needs to know of it, and waits to be killed.
@NullMarked
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        LocalKafka broker = LocalKafka.start();
        System.out.println(broker.pid());
        System.out.println(broker.dataDirectory());
        while (System.in.read() >= 0) {
            // The test ends this process.
        }
    }
}
