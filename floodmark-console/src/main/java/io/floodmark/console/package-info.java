/// What people see of a run: terminal views and the HTML report.
///
/// Everything here reads the immutable records of `io.floodmark.load.record` and nothing else; the
/// measured path never waits for a view.
@NullMarked
package io.floodmark.console;

import org.jspecify.annotations.NullMarked;
