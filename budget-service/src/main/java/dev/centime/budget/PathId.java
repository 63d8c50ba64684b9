package dev.centime.budget;

import dev.centime.kit.Problem;
import java.util.regex.Pattern;

/** An id in a path. What can be none of ours is refused before the database is asked, which would take NUL for an error. */
public final class PathId {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    private PathId() {}

    public static boolean isOne(String text) {
        return ID.matcher(text).matches();
    }

    /** @return the same id. @throws Problem 404 when there cannot be one like it */
    public static String checked(String what, String id) {
        if (!isOne(id)) {
            throw Problem.notFound(what + " of that id");
        }
        return id;
    }
}
