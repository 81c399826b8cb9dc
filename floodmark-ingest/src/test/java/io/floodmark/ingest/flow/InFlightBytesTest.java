package io.floodmark.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class InFlightBytesTest {

    @Test
    void what_does_not_fit_is_refused_and_changes_nothing() {
        InFlightBytes bytes = new InFlightBytes(100);
        InFlightBytes.Room room = bytes.room();
        room.take(60);

        assertThatThrownBy(() -> room.take(41)).isInstanceOf(Overloaded.class);
        assertThat(bytes.used()).isEqualTo(60);
        room.take(40);
        assertThat(bytes.used()).isEqualTo(100);
        room.release();
        room.release();
        assertThat(bytes.used()).isZero();
    }

    @Test
    void at_no_moment_more_is_taken_than_the_limit() throws InterruptedException {
        InFlightBytes bytes = new InFlightBytes(1_000);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> over.compareAndSet(false, press(bytes))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(over).isFalse();
        assertThat(bytes.used()).isZero();
    }

    /// Takes and gives back again and again, mostly more than there is.
    private static boolean press(InFlightBytes bytes) {
        boolean over = false;
        for (int i = 0; i < 50_000; i++) {
            InFlightBytes.Room room = bytes.room();
            try {
                room.take(400);
                over |= bytes.used() > 1_000;
                room.take(400);
            } catch (Overloaded e) {
                over |= bytes.used() > 1_000;
            } finally {
                room.release();
            }
        }
        return over;
    }
}
