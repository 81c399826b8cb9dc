/// An event store behind two HTTP calls, in the form that the consistency suite of dcb.events
/// speaks: `GET /read` and `POST /append`.
///
/// One virtual thread for each request; bodies, results, requests at a time and waiting are bounded
/// by [DcbLimits]. There is no authentication: it listens on loopback unless told otherwise.
@NullMarked
package io.floodmark.store.http;

import org.jspecify.annotations.NullMarked;
