package dev.centime.ingest.accept.file;

import java.util.List;

/** What stands between the fields of a table: whichever of the usual ones its heading has most of, outside quotes. */
final class Delimiters {
    private static final List<Character> USUAL = List.of(',', ';', '\t', '|');

    private Delimiters() {}

    static char of(String beginning) {
        var counts = new int[USUAL.size()];
        var quoted = false;
        var started = false;
        for (var i = 0; i < beginning.length(); i++) {
            var c = beginning.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\n' && !quoted && started) {
                break;
            } else if (!quoted && USUAL.contains(c)) {
                counts[USUAL.indexOf(c)]++;
            }
            started |= !Character.isWhitespace(c);
        }
        var most = 0;
        for (var i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return USUAL.get(most);
    }
}
