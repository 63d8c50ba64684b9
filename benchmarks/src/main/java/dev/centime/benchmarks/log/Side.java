package dev.centime.benchmarks.log;

import io.smallrye.mutiny.Uni;

/** One way to store a batch durably. */
interface Side {
    String name();

    Uni<?> store(Batch batch);
}
