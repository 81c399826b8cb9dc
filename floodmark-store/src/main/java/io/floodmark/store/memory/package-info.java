/// An event store in memory, which says by its code what every store does: one lock, one list, and
/// no cleverness. For tests, examples and as the model that others are compared with; what it holds
/// ends with the process.
@NullMarked
package io.floodmark.store.memory;

import org.jspecify.annotations.NullMarked;
