package dev.centime.budget.channel;

import java.util.regex.Pattern;

/** Others' words on one line: nothing in them begins another header of a mail, another line of a log or a command of a terminal. */
final class OneLine {
    /** Control characters, separators of lines and paragraphs, halves of characters, and what turns the direction of writing round. */
    private static final Pattern BREAKS =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+");

    private OneLine() {}

    static String of(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** Cut off behind so many characters. */
    static String of(String text, int most) {
        return cut(of(text), most);
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
