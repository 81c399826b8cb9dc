package io.floodmark.store.postgres.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.observe.StoreListener;
import io.floodmark.store.postgres.observe.Calls;
import org.junit.jupiter.api.Test;

final class BatchWatchTest {
    @Test
    void without_a_listener_the_writer_is_not_watched() {
        assertThat(BatchWatch.of(Calls.none())).isSameAs(BatchWatch.NONE);
    }

    @Test
    void with_a_listener_it_is() {
        Calls calls = Calls.toldTo(new StoreListener() {}, () -> 0);

        assertThat(BatchWatch.of(calls)).isInstanceOf(CommitWatch.class);
    }
}
