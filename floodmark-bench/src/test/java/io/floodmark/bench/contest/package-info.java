/// Small campaigns, and how orders and answers pass between their processes.
@NullMarked
package io.floodmark.bench.contest;

import org.jspecify.annotations.NullMarked;
