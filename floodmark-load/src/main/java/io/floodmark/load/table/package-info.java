/// The `table` workload: bulk inserts, updates and reads of random rows, and transactions of all
/// three, on one table of realistic people with a kilobyte of data each; afterwards every
/// acknowledged write is looked for.
@NullMarked
package io.floodmark.load.table;

import org.jspecify.annotations.NullMarked;
