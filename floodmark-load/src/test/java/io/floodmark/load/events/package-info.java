/// Tests of the `events` workload, on the store in memory.
@NullMarked
package io.floodmark.load.events;

import org.jspecify.annotations.NullMarked;
