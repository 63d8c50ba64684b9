package dev.centime.ingest.view.costs.question;

import dev.centime.kit.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What calls can be grouped or filtered by, other than time.
 *
 * @param name as the REST contract has it
 * @param place which tables know it
 * @param column in those tables; {@code tag.} for a tag
 * @param rows which detail rows there are to group, as a condition; null for all
 */
public record Dimension(
        String name, Place place, String column, @Nullable String rows) {
    /** The input format that calls came by; only detail rows know it. */
    public static final Dimension SOURCE = new Dimension("source", Place.DETAIL, "source");

    private static final Map<String, Dimension> COLUMNS = Map.of(
            "provider", new Dimension("provider", Place.CELLS, "provider"),
            "model", new Dimension("model", Place.CELLS, "model"),
            "project", new Dimension("project", Place.CELLS, "project"),
            "experiment", new Dimension("experiment", Place.CELLS, "experiment"),
            "operation", new Dimension("operation", Place.CELLS, "operation"),
            "organization", new Dimension("organization", Place.CELLS, "organization"),
            "user", new Dimension("user", Place.USER_CELLS, "subject"),
            "session", new Dimension("session", Place.DETAIL, "session"),
            "run", new Dimension("run", Place.DETAIL, "run"));

    private static final String TAG = "tag.";
    private static final String TAGS = "tag";

    private Dimension(String name, Place place, String column) {
        this(name, place, column, null);
    }

    /** Single calls, those alone that a comparison is about; {@link SingleCall} reads their keys. */
    public static Dimension call(Comparison comparison) {
        return new Dimension("call", Place.DETAIL, SingleCall.COLUMN, comparison.rows());
    }

    /** The narrowest tables that know a dimension. */
    public enum Place {
        CELLS,
        USER_CELLS,
        DETAIL
    }

    /** Empty when there is no such dimension. */
    public static Optional<Dimension> named(String name) {
        if (name.startsWith(TAG) && name.length() > TAG.length()) {
            return Optional.of(new Dimension(name, Place.DETAIL, TAG));
        }
        return Optional.ofNullable(COLUMNS.get(name));
    }

    /** @throws Problem 400 when there is no such dimension */
    static Dimension known(String name) {
        return named(name).orElseThrow(() -> Problem.badRequest(name, "is no dimension"));
    }

    /** Whether it tells what one person did. */
    public boolean individual() {
        return name.equals("user") || name.equals("session") || name.equals("call");
    }

    /** Whether every table knows it. */
    boolean everywhere() {
        return name.equals("organization");
    }

    /** Whether its values are many and new ones come every day, so that they are added up only while a day has few of them. */
    boolean open() {
        return name.equals("run") || column.equals(TAG);
    }

    /** Whether calls are found by its value. */
    boolean indexed() {
        return !column.equals(TAG);
    }

    /** By what names it is said that a day has too many of its values: tags also together. */
    String[] widths() {
        return column.equals(TAG) ? new String[] {name, TAGS} : new String[] {name};
    }

    /** Its value in SQL, the empty text for none. */
    String value(Statement statement) {
        return column.equals(TAG)
                ? "coalesce(tags ->> " + statement.parameter(name.substring(TAG.length())) + "::text, '')"
                : column;
    }
}
