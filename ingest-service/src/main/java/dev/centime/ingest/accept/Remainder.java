package dev.centime.ingest.accept;

/** What remains of a whole without its parts. Never less than nothing; that it would have been is remembered. */
final class Remainder {
    private boolean negative;

    long of(long whole, long... parts) {
        var rest = whole;
        for (var part : parts) {
            rest -= part;
        }
        if (rest < 0) {
            negative = true;
            return 0;
        }
        return rest;
    }

    /** A part, as large as its whole at most. */
    long within(long part, long whole) {
        negative |= part > whole;
        return Math.min(part, whole);
    }

    boolean negative() {
        return negative;
    }
}
