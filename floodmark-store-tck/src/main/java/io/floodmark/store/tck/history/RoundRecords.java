package io.floodmark.store.tck.history;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What the writers of one round did and were told, in columns: one slot per attempt.
///
/// After the slots of the round come those of earlier attempts whose outcome is still unknown.
///
/// *Threads.* Each writer fills its own slots; whoever reads has waited for the end of all writers.
final class RoundRecords {

    /// Number of the attempt in slot 0.
    private final long base;

    /// Slots of this round; the carried ones follow.
    private final int own;

    private final int quota;
    private final long[] numbers;
    private final Map<Long, Integer> carriedSlots = new TreeMap<>();

    final long[] invoked;
    final long[] returned;
    final int[] query;
    final long[] after;
    private final Plan[] plans;
    private final Outcome[] outcomes;

    /// First position of the accepted, the blocking position of the others.
    final long[] first;

    final long[] last;

    final boolean[] hasRead;
    final long[] readInvoked;
    final long[] readReturned;
    final long[] readAfter;
    final long[] readUpTo;
    final long[] readHash;
    final int[] readCount;

    private RoundRecords(long base, int workers, int quota, int carried) {
        this.base = base;
        this.own = workers * quota;
        this.quota = quota;
        int size = own + carried;
        this.numbers = new long[carried];
        this.invoked = new long[size];
        this.returned = new long[size];
        this.query = new int[size];
        this.after = new long[size];
        this.plans = new Plan[size];
        this.outcomes = new Outcome[size];
        this.first = new long[size];
        this.last = new long[size];
        this.hasRead = new boolean[size];
        this.readInvoked = new long[own];
        this.readReturned = new long[own];
        this.readAfter = new long[own];
        this.readUpTo = new long[own];
        this.readHash = new long[own];
        this.readCount = new int[own];
    }

    /// The first round.
    static RoundRecords first(int workers, int quota) {
        return new RoundRecords(0, workers, quota, 0);
    }

    /// The round after this one, in which the attempts of `unsettled` may still come to light.
    RoundRecords next(int workers, int nextQuota, int[] unsettled) {
        var next = new RoundRecords(base + own, workers, nextQuota, unsettled.length);
        for (int i = 0; i < unsettled.length; i++) {
            next.carry(next.own + i, this, unsettled[i]);
        }
        return next;
    }

    private void carry(int slot, RoundRecords from, int fromSlot) {
        numbers[slot - own] = from.number(fromSlot);
        carriedSlots.put(from.number(fromSlot), slot);
        invoked[slot] = from.invoked[fromSlot];
        returned[slot] = from.returned[fromSlot];
        query[slot] = from.query[fromSlot];
        after[slot] = from.after[fromSlot];
        plans[slot] = from.plans[fromSlot];
        outcomes[slot] = from.outcomes[fromSlot];
    }

    /// The first slot of a worker.
    int firstSlot(int worker) {
        return worker * quota;
    }

    int quota() {
        return quota;
    }

    /// All slots.
    IntStream slots() {
        return IntStream.range(0, invoked.length);
    }

    /// The slots of attempts that this round made.
    IntStream ownSlots() {
        return IntStream.range(0, own);
    }

    int size() {
        return invoked.length;
    }

    long number(int slot) {
        return slot < own ? base + slot : numbers[slot - own];
    }

    /// Where an attempt is recorded, if it can still come to light.
    OptionalInt slot(long number) {
        if (number >= base && number < base + own) {
            return OptionalInt.of((int) (number - base));
        }
        Integer carried = carriedSlots.get(number);
        return carried == null ? OptionalInt.empty() : OptionalInt.of(carried);
    }

    /// Whether such an attempt was made in an earlier round and is settled, unless carried.
    boolean isPast(long number) {
        return number < base;
    }

    boolean isOwn(int slot) {
        return slot < own;
    }

    Plan plan(int slot) {
        return plans[slot];
    }

    void plan(int slot, Plan plan) {
        plans[slot] = plan;
    }

    Outcome outcome(int slot) {
        return outcomes[slot];
    }

    void outcome(int slot, Outcome outcome) {
        outcomes[slot] = outcome;
    }

    /// Who, on which condition, when: for evidence.
    String describe(int slot, Scene scene, long origin) {
        String condition =
                query[slot] == Scene.UNCONDITIONAL
                        ? "unconditional"
                        : "after %d of %s".formatted(after[slot], scene.query(query[slot]));
        return "attempt %d (%s; %s, %.3f to %.3f ms)"
                .formatted(
                        number(slot),
                        condition,
                        outcome(slot),
                        (invoked[slot] - origin) / 1e6,
                        (returned[slot] - origin) / 1e6);
    }
}
