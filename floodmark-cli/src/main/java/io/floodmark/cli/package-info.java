/// The commands, and the one place where the parts are put together.
@NullMarked
package io.floodmark.cli;

import org.jspecify.annotations.NullMarked;
