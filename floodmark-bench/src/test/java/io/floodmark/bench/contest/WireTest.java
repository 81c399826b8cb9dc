package io.floodmark.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WireTest {

    private static final Event EVENT =
            Event.of(
                    "lent", Json.of("{\"to\": \"Änn\"}"), Tag.of("book", "1"), Tag.of("copy", "2"));
    private static final Query QUERY =
            Query.matching()
                    .types("lent", "returned")
                    .tags(Tag.of("book", "1"))
                    .or()
                    .allPayload(PayloadMatch.of("to", "'\""))
                    .build();

    static Stream<Order> orders() {
        return Stream.of(
                new Order.Open(Side.SINGLE_STATEMENT, "url", "user", "secret", "contest"),
                new Order.Append(
                        7,
                        new Attempt(
                                List.of(EVENT, Event.of("returned", Json.EMPTY_OBJECT)),
                                AppendCondition.failIfMatch(QUERY, new Position(41)),
                                Duration.ofMillis(1_234))),
                new Order.Append(
                        8,
                        new Attempt(List.of(EVENT), AppendCondition.none(), Duration.ofSeconds(1))),
                new Order.Stop(Moment.COMMITTED, 9));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void orders_arrive_as_they_were_sent(Order order) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Wire.write(new DataOutputStream(bytes), order);

        assertThat(Wire.order(input(bytes))).isEqualTo(order);
    }

    static Stream<Answer> answers() {
        return Stream.of(
                new Answer.Ready(),
                new Answer.Stopped(Moment.STORED),
                new Answer.Outcome(1, new Answer.Stored(2, 3)),
                new Answer.Outcome(
                        2,
                        new Answer.Blocked(
                                new RecordedEvent(
                                        new Position(5), Instant.ofEpochSecond(1, 2_000), EVENT))),
                new Answer.Outcome(3, new Answer.Failed(Answer.Failure.LATE, "too late")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answers_arrive_as_they_were_sent(Answer answer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Wire.write(new DataOutputStream(bytes), answer);

        assertThat(Wire.answer(input(bytes))).isEqualTo(answer);
    }

    private static DataInputStream input(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void an_order_to_open_does_not_show_the_password() {
        assertThat(orders().findFirst().orElseThrow().toString()).doesNotContain("secret");
    }

    @Test
    void failures_mean_the_same_on_the_other_side() {
        assertThat(new Answer.Stored(2, 3).result())
                .isEqualTo(new AppendResult.Appended(new Position(2), new Position(3)));
        assertThatThrownBy(() -> Answer.Failed.of(new StoreUnavailable("down")).result())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("down");
        assertThatThrownBy(() -> Answer.Failed.of(new DeadlineExceeded("late")).result())
                .isInstanceOf(DeadlineExceeded.class);
        assertThatThrownBy(() -> Answer.Failed.of(new AppendOutcomeUnknown("lost")).result())
                .isInstanceOf(AppendOutcomeUnknown.class);
        assertThatThrownBy(() -> Answer.Failed.of(new NullPointerException()).result())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NullPointerException");
    }

    @Test
    void the_niceness_is_the_nineteenth_field() {
        String stat = "12 (a (b) c) S 1 1 1 0 -1 4194560 1 0 0 0 5 6 0 0 39 19 1 0 100";

        assertThat(Niceness.parsed(stat)).isEqualTo(19);
    }
}
