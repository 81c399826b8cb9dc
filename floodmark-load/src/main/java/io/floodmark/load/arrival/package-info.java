/// Arrival processes: when operations are due, fixed before the run by a seed.
@NullMarked
package io.floodmark.load.arrival;

import org.jspecify.annotations.NullMarked;
