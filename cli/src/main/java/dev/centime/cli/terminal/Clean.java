package dev.centime.cli.terminal;

/**
 * Text from outside, made harmless before it reaches a terminal: a model's name could else move the cursor, change the title or
 * write over other lines.
 */
public final class Clean {
    private Clean() {}

    /** One line without control characters, line breaks, or marks that turn the direction of writing. */
    public static String line(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\t' || point == '\n' || point == '\r') {
                clean.append(' ');
            } else if (isHarmless(point)) {
                clean.appendCodePoint(point);
            } else {
                clean.append('\uFFFD');
            }
        });
        return clean.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
