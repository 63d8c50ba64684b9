package dev.centime.cli.terminal;

/**
 * What the other end of an output can show. The launcher script knows it (a JVM cannot ask for one stream alone) and passes it
 * on; without it, an output is taken for a file.
 *
 * @param interactive whether lines may be drawn over
 * @param columns how wide
 * @param colours whether colours are wanted: on a terminal, unless NO_COLOR says otherwise
 */
public record Terminal(boolean interactive, int columns, boolean colours) {
    private static final int USUAL_COLUMNS = 80;
    private static final int NARROWEST = 40;

    public static Terminal stdout() {
        var interactive = Boolean.getBoolean("centime.terminal");
        var noColour = System.getenv("NO_COLOR");
        var colours = interactive && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        var columns = Integer.getInteger("centime.columns", 0);
        return new Terminal(
                interactive && !"dumb".equals(System.getenv("TERM")),
                columns <= 0 ? USUAL_COLUMNS : Math.max(NARROWEST, columns),
                colours);
    }

    /** A file or a pipe. */
    public static Terminal plain(int columns) {
        return new Terminal(false, columns, false);
    }

    public String green(String text) {
        return painted("32", text);
    }

    public String yellow(String text) {
        return painted("33", text);
    }

    public String red(String text) {
        return painted("31", text);
    }

    public String cyan(String text) {
        return painted("36", text);
    }

    public String bold(String text) {
        return painted("1", text);
    }

    public String faint(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
