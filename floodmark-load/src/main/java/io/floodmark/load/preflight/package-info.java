/// Safety checks before and during a run: whether the server has room for the load, whether it is
/// the right one, and what to do when other clients need the room. A refusal shows its arithmetic;
/// what cannot be seen is called unknown, never assumed.
@NullMarked
package io.floodmark.load.preflight;

import org.jspecify.annotations.NullMarked;
