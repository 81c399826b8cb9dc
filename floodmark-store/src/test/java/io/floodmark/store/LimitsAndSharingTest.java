package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsAndSharingTest {

    private static Event event(Tag... tags) {
        return Event.of("A", Json.EMPTY_OBJECT, tags);
    }

    @Nested
    final class Partitions {

        private final Sharing sharing = Sharing.partitioned("Book", 10);

        /// The first eight bytes of the SHA-256 of these texts, computed with other software.
        @ParameterizedTest
        @CsvSource({"1, 3", "42, 7", "é, 1"})
        void stay_the_same_between_releases(String value, int partition) {
            assertThat(sharing.partitionOf(event(Tag.of("Book", value)))).isEqualTo(partition);
        }

        @Test
        void depend_on_the_value_of_the_tag_alone() {
            Tag book = Tag.of("Book", "1");

            assertThat(sharing.partitionOf(event(book, Tag.of("Reader", "7"))))
                    .isEqualTo(sharing.partitionOf(event(book)));
        }

        @Test
        void without_the_tag_are_the_first() {
            assertThat(sharing.partitionOf(event(Tag.of("Bookshop", "1")))).isZero();
            assertThat(Sharing.exclusive().partitionOf(event(Tag.of("Book", "1")))).isZero();
            assertThat(Sharing.exclusive().partitions()).isEqualTo(1);
        }

        @Test
        void of_several_tags_follow_the_first() {
            Tag one = Tag.of("Book", "1");
            Tag two = Tag.of("Book", "2");

            assertThat(sharing.partitionOf(event(two, one)))
                    .isEqualTo(sharing.partitionOf(event(one)))
                    .isNotEqualTo(sharing.partitionOf(event(two)));
        }

        @Test
        void are_all_used() {
            var used = new HashSet<Integer>();

            IntStream.range(0, 200)
                    .forEach(i -> used.add(sharing.partitionOf(event(Tag.of("Book", "" + i)))));

            assertThat(used).hasSize(10).allMatch(partition -> partition >= 0 && partition < 10);
        }

        @Test
        void are_limited() {
            assertThat(Sharing.partitioned("Book", 256).partitions()).isEqualTo(256);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sharing.partitioned("Book", 257))
                    .withMessageContaining("257; it must be 1 to 256");
            assertThatIllegalArgumentException().isThrownBy(() -> Sharing.partitioned("Book", 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Sharing.partitioned("Book=1", 2));
        }
    }

    @Nested
    final class Specs {

        private final SubscriptionSpec spec = SubscriptionSpec.of("mail", Query.all());

        @Test
        void start_at_the_start_for_one_consumer() {
            assertThat(spec)
                    .isEqualTo(
                            new SubscriptionSpec(
                                    "mail", Query.all(), Position.START, Sharing.exclusive(), 100));
        }

        @Test
        void can_be_changed_in_copies() {
            Sharing shared = Sharing.partitioned("Book", 2);

            assertThat(spec.startAfter(Position.of(5)).sharing(shared).batchMax(7))
                    .isEqualTo(
                            new SubscriptionSpec("mail", Query.all(), Position.of(5), shared, 7));
        }

        @Test
        void have_limits() {
            assertThatIllegalArgumentException().isThrownBy(() -> spec.batchMax(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spec.batchMax(1_001))
                    .withMessageContaining("1000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SubscriptionSpec.of("", Query.all()));
        }
    }

    @Nested
    final class Limits {

        private static final Event EVENT = event();

        @Test
        void of_an_append_count_events() {
            List<Event> most = IntStream.range(0, 1_000).mapToObj(i -> event()).toList();

            assertThat(AppendLimits.checked(most)).isEqualTo(most);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AppendLimits.checked(Collections.nCopies(1_001, EVENT)))
                    .withMessageContaining("1001 events in one append, the limit is 1000");
        }

        @Test
        void of_an_append_count_bytes() {
            Json large = Json.of("{\"a\":\"" + "x".repeat(Json.MAX_BYTES - 8) + "\"}");
            List<Event> most = IntStream.range(0, 15).mapToObj(i -> of(large)).toList();
            List<Event> more = IntStream.range(0, 16).mapToObj(i -> of(large)).toList();

            assertThat(AppendLimits.checked(most)).hasSize(15);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AppendLimits.checked(more))
                    .withMessageContaining("the limit is 16777216");
        }

        private static Event of(Json payload) {
            return Event.of("A", payload);
        }

        @Test
        void of_an_append_forbid_one_id_twice() {
            UUID id = EVENT.id();

            Assertions.assertThatExceptionOfType(DuplicateEventId.class)
                    .isThrownBy(() -> AppendLimits.checked(List.of(EVENT, event(), EVENT)))
                    .satisfies(failure -> assertThat(failure.id()).isEqualTo(id));
        }

        @Test
        void of_timeouts_allow_zero_to_a_day() {
            assertThat(AppendLimits.timeoutNanos(Duration.ZERO)).isZero();
            assertThat(AppendLimits.timeoutNanos(Duration.ofDays(1)))
                    .isEqualTo(86_400_000_000_000L);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AppendLimits.timeoutNanos(Duration.ofNanos(-1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AppendLimits.timeoutNanos(Duration.ofDays(1).plusNanos(1)))
                    .withMessageContaining("PT24H");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> AppendLimits.timeoutNanos(Duration.ofSeconds(Long.MAX_VALUE)));
        }

        @Test
        void of_snapshots_and_ranges_hold() {
            QueryHash hash = Query.all().hash();

            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new Snapshot(
                                    "", hash, Position.START, Json.EMPTY_OBJECT, Instant.EPOCH));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AppendResult.Appended(Position.of(2), Position.of(1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AppendResult.Appended(Position.START, Position.of(1)));
        }
    }
}
