package dev.centime.ingest.view.costs.question;

import org.jspecify.annotations.Nullable;

/**
 * Which call a group of one call is: ids of records are unique only within a source.
 *
 * @param id of its record, null for the calls of people who are not shown
 * @param source null as well then
 */
public record SingleCall(@Nullable String id, @Nullable String source) {
    /** In SQL. What stands between the two is in neither: ids and sources have no control characters. */
    static final String COLUMN = "record_id || chr(1) || source";

    private static final char BETWEEN = 1;

    /** @param key of the group, as {@link #COLUMN} makes it */
    public static SingleCall of(@Nullable String key) {
        if (key == null) {
            return new SingleCall(null, null);
        }
        var end = key.lastIndexOf(BETWEEN);
        return new SingleCall(key.substring(0, end), key.substring(end + 1));
    }

    /** Whether the groups of a dimension are single calls. */
    public static boolean isNamed(String dimension) {
        return dimension.equals("call");
    }
}
