package dev.centime.ingest.exports.store;

/** A store did not do what it was asked to. The message is for whoever reads why a file did not arrive, and holds no secret. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    private enum Kind {
        PASSING,
        LASTING,
        HOPELESS
    }

    private StoreFailure(String reason, Kind kind) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    /** It may go well another time. */
    static StoreFailure passing(String reason) {
        return new StoreFailure(reason, Kind.PASSING);
    }

    /** The same request will not go well until somebody changes something. */
    static StoreFailure lasting(String reason) {
        return new StoreFailure(reason, Kind.LASTING);
    }

    /** The same upload will never go well. */
    static StoreFailure hopeless(String reason) {
        return new StoreFailure(reason, Kind.HOPELESS);
    }

    boolean isPassing() {
        return kind == Kind.PASSING;
    }

    public boolean isHopeless() {
        return kind == Kind.HOPELESS;
    }
}
