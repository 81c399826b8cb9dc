/// The rules of the generator's certificate, each by its numbers.
@NullMarked
package io.floodmark.load.certificate;

import org.jspecify.annotations.NullMarked;
