/// `bench/timer`: how late the schedule releases arrivals, against the bare wake-ups of the host.
@NullMarked
package io.floodmark.bench.timer;

import org.jspecify.annotations.NullMarked;
