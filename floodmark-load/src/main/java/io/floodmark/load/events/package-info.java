/// The `events` workload: a library lends books, on an event store. Each write reads the events
/// that its decision needs, decides, and appends on the condition that none came meanwhile;
/// afterwards every acknowledged event is looked for, and the library's rules are checked by
/// replaying the log. It knows the store by its interface alone; `eventstore` gives it one.
@NullMarked
package io.floodmark.load.events;

import org.jspecify.annotations.NullMarked;
