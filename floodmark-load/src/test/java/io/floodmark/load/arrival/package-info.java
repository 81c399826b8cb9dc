/// When operations fall due, checked by arithmetic and by statistics with fixed seeds.
@NullMarked
package io.floodmark.load.arrival;

import org.jspecify.annotations.NullMarked;
