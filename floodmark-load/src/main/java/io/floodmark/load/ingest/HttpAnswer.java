package io.floodmark.load.ingest;

/// An answer of a service.
///
/// @param status of HTTP
/// @param body its bytes, valid until the next answer on this connection
/// @param keepAlive whether the connection may be used again
record HttpAnswer(int status, Bytes body, boolean keepAlive) {

    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int OVER_QUOTA = 429;
    static final int SERVER_ERROR = 500;
    static final int OVERLOADED = 503;
    static final int NO_OUTCOME = 504;
}
