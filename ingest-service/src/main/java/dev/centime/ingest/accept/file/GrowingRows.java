package dev.centime.ingest.accept.file;

import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of calls that are told several times while they grow: the largest is passed on, with the moment of the first. Rows of one call
 * stand close together, so a few thousand are held back; a row that comes later than that is passed on by itself, and corrects the
 * call if it is larger.
 */
final class GrowingRows {
    private static final int HELD = 10_000;

    /** A sidechain begins with a copy of what was said before it, under request ids of its own. */
    private static final int REMEMBERED_MESSAGES = 50_000;

    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();
    private final Map<String, String> messages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED_MESSAGES;
        }
    };

    private record Held(Rows rows, long line, Submitted submitted) {}

    /**
     * @param message the id of the answer, which a sidechain's copy has too
     * @param sidechain whether the row is of a sidechain
     */
    void row(Rows rows, long line, Submitted submitted, String message, boolean sidechain) {
        var command = submitted.command();
        if (command == null || command.id() == null) {
            rows.row(line, submitted);
            return;
        }
        var original = messages.get(message);
        if (sidechain && original != null && !original.equals(command.id())) {
            rows.repeated();
            return;
        }
        if (!sidechain) {
            dropCopy(rows, message, command.id());
            messages.put(message, command.id());
        }
        hold(rows, line, submitted, command);
    }

    /** The copy came first: its file was read first. */
    private void dropCopy(Rows rows, String message, String id) {
        var copy = messages.get(sidechainKey(message));
        if (copy != null && !copy.equals(id) && held.remove(copy) != null) {
            rows.repeated();
        }
    }

    private void hold(Rows rows, long line, Submitted submitted, RecordUsage command) {
        var id = String.valueOf(command.id());
        var before = held.get(id);
        if (before == null) {
            held.put(id, new Held(rows, line, submitted));
            if (held.size() > HELD) {
                var oldest = held.pollFirstEntry().getValue();
                oldest.rows().row(oldest.line(), oldest.submitted());
            }
            return;
        }
        rows.repeated();
        var first = before.submitted().command();
        if (first != null && total(command) > total(first)) {
            var grown = command.at(first.timestamp());
            held.put(id, new Held(before.rows(), before.line(), Submitted.of(0, grown, submitted.origin())));
        }
    }

    /** Remembers a sidechain's row, in case its original comes later. */
    void remember(String message, String id) {
        messages.putIfAbsent(sidechainKey(message), id);
    }

    private static String sidechainKey(String message) {
        return "sidechain " + message;
    }

    private static long total(RecordUsage command) {
        return command.tokens().total();
    }

    /** Passes on what is held: the end of what was sent. */
    void end() {
        held.values().forEach(one -> one.rows().row(one.line(), one.submitted()));
        held.clear();
    }
}
