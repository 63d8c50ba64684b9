package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being imported has come this far. Told when it begins, at most once a second while it runs, and when it ends.
 *
 * @param name of the file, as its sender calls it
 * @param format null for an archive of several
 * @param records in the file
 * @param recordsDone of those
 * @param accepted recorded by this import, or, in a dry run, that would be
 * @param rejected also those that could not be read
 */
@StoredAs(name = "import-progressed")
public record ImportProgressed(
        String importId,
        String name,
        @Nullable String format,
        State state,
        boolean dryRun,
        long records,
        long recordsDone,
        long accepted,
        long duplicates,
        long corrected,
        long rejected) {

    /** How an import stands. */
    public enum State {
        /** Its file is being sent and read. */
        RECEIVING,
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
