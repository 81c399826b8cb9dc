/// The one place that reads the clock, sleeps and draws random numbers.
@NullMarked
package io.floodmark.load.time;

import org.jspecify.annotations.NullMarked;
