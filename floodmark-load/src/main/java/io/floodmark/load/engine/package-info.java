/// The runner: schedule, bounded queue, fixed workers, deadlines, recorder. It knows neither
/// PostgreSQL nor the terminal; a workload gives it clients, observers take its intervals.
@NullMarked
package io.floodmark.load.engine;

import org.jspecify.annotations.NullMarked;
