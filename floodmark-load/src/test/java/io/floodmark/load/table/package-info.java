/// The table workload's notes and values; the workload itself is run end to end by the command
/// line's tests.
@NullMarked
package io.floodmark.load.table;

import org.jspecify.annotations.NullMarked;
