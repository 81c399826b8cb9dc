/// What a run leaves behind: immutable records of the account, the percentiles and the certificate.
/// Pure data and arithmetic; views, reports and the diagnosis read these and nothing else.
@NullMarked
package io.floodmark.load.record;

import org.jspecify.annotations.NullMarked;
