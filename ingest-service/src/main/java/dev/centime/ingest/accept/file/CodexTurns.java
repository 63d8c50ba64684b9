package dev.centime.ingest.accept.file;

import dev.centime.ingest.accept.Payload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When turns of Codex began, by which one of a fork's own is told from those that were copied from its parent. */
final class CodexTurns {
    private static final Pattern UUID_V7 =
            Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

    private CodexTurns() {}

    /**
     * The moment that the turn itself tells, as its beginning or in its id. The row's own moment is the last resort: it may be that of
     * the copying, so a turn that is not later by a second does not count as begun after it.
     *
     * @param row of kind task_started or turn_context
     */
    static @Nullable Instant began(Payload row, Payload payload) {
        var told = payload.instant("started_at");
        if (told != null) {
            return told;
        }
        var id = payload.label(100, "turn_id");
        var match = UUID_V7.matcher(id == null ? "" : id);
        if (match.matches()) {
            return Instant.ofEpochMilli(Long.parseLong(match.group(1) + match.group(2), 16));
        }
        var written = row.instant("timestamp");
        return written == null ? null : written.minusSeconds(1);
    }

    /** To the second, as beginnings are told. */
    static boolean isAfter(@Nullable Instant began, @Nullable Instant created) {
        return began != null && created != null && !began.isBefore(created.truncatedTo(ChronoUnit.SECONDS));
    }
}
