/// The engine against targets written as functions, on the real clock.
@NullMarked
package io.floodmark.load.engine;

import org.jspecify.annotations.NullMarked;
