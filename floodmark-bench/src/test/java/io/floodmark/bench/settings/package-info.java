/// Tests of the trials of settings in miniature.
@NullMarked
package io.floodmark.bench.settings;

import org.jspecify.annotations.NullMarked;
