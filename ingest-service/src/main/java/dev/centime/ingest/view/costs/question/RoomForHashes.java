package dev.centime.ingest.view.costs.question;

/**
 * The room that a statement's hashes may take, said in its transaction: 32 MB each, and beyond that they go to disk. A statement may have
 * some ten of them, and as many statements run at once as a replica has connections for callers.
 */
public final class RoomForHashes {
    /** To be selected, for this transaction alone. */
    public static final String SETTINGS =
            "set_config('work_mem', '16MB', true), set_config('hash_mem_multiplier', '2', true)";

    private RoomForHashes() {}
}
