/// How results come from rounds, with made-up rounds; never the speed of the stores.
@NullMarked
package io.floodmark.bench.query;

import org.jspecify.annotations.NullMarked;
