/// Placeholder.
@org.jspecify.annotations.NullMarked
package io.floodmark.local;
