/// Drives an event store with many concurrent writers and decides, from what it answered and what
/// its log holds, whether every answer was right. The workload is drawn from a seed; the checking
/// is exact because a store promises that position order is commit order. Memory is bounded: a run
/// is cut into rounds, and each round is checked and forgotten before the next begins.
@NullMarked
package io.floodmark.store.tck.history;

import org.jspecify.annotations.NullMarked;
