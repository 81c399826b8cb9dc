package io.floodmark.load.workload;

import io.floodmark.load.engine.Workload;

/// A workload on a PostgreSQL database, with what the preflight wants to know of it.
public interface DatabaseWorkload extends Workload {

    /// The table that it creates, quoted as SQL writes it.
    String ownTable();

    /// Payload bytes that so many operations of its mix will write, roughly.
    long expectedWriteBytes(double operations);
}
