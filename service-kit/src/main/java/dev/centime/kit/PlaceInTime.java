package dev.centime.kit;

import java.time.Instant;
import java.util.List;

/** A place in a list that is in the order of time, and of ids where times are the same. */
public record PlaceInTime(Instant at, String id) {
    /** After everything: where a list begins that shows the newest first. */
    public static final PlaceInTime END = new PlaceInTime(Instant.parse("9999-12-31T00:00:00Z"), "");

    /** For {@link Query#cursor}. */
    public static PlaceInTime of(PageEnd end) {
        return new PlaceInTime(end.instant(), end.text());
    }

    /** For {@link Query#page} and {@link Query#nextCursor}. */
    public List<String> keys() {
        return List.of(at.toString(), id);
    }
}
