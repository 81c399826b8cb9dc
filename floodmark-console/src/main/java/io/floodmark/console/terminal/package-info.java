/// A run as text: one plain line a second, a live view in place, and the final summary.
///
/// Every text is made by a pure function of records; only the two views touch a stream or terminal.
@NullMarked
package io.floodmark.console.terminal;

import org.jspecify.annotations.NullMarked;
