/// How an event becomes rows and a row becomes an event, shared by appending and reading.
///
/// Public for the other packages of this library only.
@NullMarked
package io.floodmark.store.postgres.row;

import org.jspecify.annotations.NullMarked;
