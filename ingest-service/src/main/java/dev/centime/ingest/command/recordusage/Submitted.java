package dev.centime.ingest.command.recordusage;

import dev.centime.kit.Problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a body, read: either a command or what is wrong with it.
 *
 * @param index its place in the body, from 0
 * @param id as far as it could be read, for the answer
 * @param command null when there are errors
 * @param origin how its tokens were counted
 * @param errors empty when there is a command
 */
public record Submitted(
        int index, @Nullable String id, @Nullable RecordUsage command, Origin origin, List<FieldError> errors) {

    /** A record that counts tokens Centime's own way. */
    public static Submitted of(int index, RecordUsage command) {
        return of(index, command, Origin.OWN);
    }

    public static Submitted of(int index, RecordUsage command, Origin origin) {
        return new Submitted(index, command.id(), command, origin, List.of());
    }

    public static Submitted refused(int index, @Nullable String id, List<FieldError> errors) {
        return new Submitted(index, id, null, Origin.OWN, List.copyOf(errors));
    }

    public static Submitted refused(int index, String field, String reason) {
        return refused(index, null, List.of(new FieldError(field, reason)));
    }
}
