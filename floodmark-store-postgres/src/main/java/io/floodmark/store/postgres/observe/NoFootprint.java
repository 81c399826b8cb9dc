package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.AnsweredBy;

/// Notes nothing, reads no clock.
enum NoFootprint implements Footprint {
    NONE;

    @Override
    public Runnable carried(Runnable work) {
        return work;
    }

    @Override
    public void toServer() {}

    @Override
    public void fromServer() {}

    @Override
    public void sharedSql(long nanos) {}

    @Override
    public void answeredBy(AnsweredBy server) {}

    @Override
    public void moved(int events, long bytes) {}

    @Override
    public void repeated() {}

    @Override
    public void answerLost() {}
}
