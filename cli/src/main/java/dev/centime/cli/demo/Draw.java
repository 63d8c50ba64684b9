package dev.centime.cli.demo;

import java.util.List;

/** Chance that falls the same on every machine: a call's number decides (SplitMix64). */
final class Draw {
    private long state;

    Draw(long seed) {
        state = seed * 0x9E3779B97F4A7C15L;
    }

    /** From 0 up to, not including, 1. */
    double share() {
        state += 0x9E3779B97F4A7C15L;
        var mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /** One of them, the earlier ones more often. */
    <T> T early(List<T> choices) {
        var share = share();
        return choices.get((int) (share * share * choices.size()));
    }

    <T> T any(List<T> choices) {
        return choices.get((int) (share() * choices.size()));
    }
}
