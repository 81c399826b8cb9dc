package io.floodmark.load.workload;

import io.floodmark.load.engine.Workload;
import io.floodmark.load.preflight.OwnObject;

/// A workload on a PostgreSQL database, with what the preflight wants to know of it.
public interface DatabaseWorkload extends Workload {

    /// What it creates in the database, and may drop.
    OwnObject own();

    /// Most connections that its operations take.
    int connectionsMax();

    /// Payload bytes that so many operations of its mix will write, roughly.
    long expectedWriteBytes(double operations);
}
