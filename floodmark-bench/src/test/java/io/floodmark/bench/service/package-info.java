/// Tests of the benchmarks of the whole service, in miniature.
@NullMarked
package io.floodmark.bench.service;

import org.jspecify.annotations.NullMarked;
