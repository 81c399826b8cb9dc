package io.floodmark.bench.service;

/// Processor time of the processes of a benchmark, in seconds.
///
/// @param service of the ingestion service
/// @param sink of what stands behind it: PostgreSQL with all its processes, or Kafka
/// @param generator of the load generator, which is this process
record CpuTimes(double service, double sink, double generator) {

    CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(
                service - earlier.service, sink - earlier.sink, generator - earlier.generator);
    }

    /// What storing the events costs, without making them.
    double storing() {
        return service + sink;
    }
}
