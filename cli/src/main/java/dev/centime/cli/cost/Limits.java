package dev.centime.cli.cost;

import dev.centime.cli.Failure;

/** How many of something are wanted. */
final class Limits {
    private Limits() {}

    /** @throws Failure when it is none */
    static int positive(int limit) {
        if (limit < 1) {
            throw new Failure("--limit must be 1 or more.", 2);
        }
        return limit;
    }
}
