package dev.centime.ingest.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * A text in pieces whose tokens add up to its own. The encodings begin a new word at a space behind a word and at a line's first
 * letter, so cuts there change nothing. Where nothing of the kind comes, as in a megabyte of one letter, the text is cut all the
 * same, since the encodings take ever longer for a longer word; such a cut adds a token at most.
 */
final class Pieces {
    /** Characters, from which on the next good place is taken. */
    private static final int LONG = 4096;

    /** Characters without a good place, after which any is taken. */
    private static final int LONGEST_WORD = 400;

    private final String text;
    private int start;
    private boolean torn;

    Pieces(String text) {
        this.text = text;
    }

    /** The next piece; null at the end. */
    @Nullable
    String next() {
        if (start == text.length()) {
            return null;
        }
        var end = end();
        var piece = text.substring(start, end);
        start = end;
        return piece;
    }

    /** Whether a word was cut. */
    boolean torn() {
        return torn;
    }

    private int end() {
        var word = start;
        for (int at = start + 1; at < text.length(); at++) {
            if (beginsWord(at)) {
                if (at - start >= LONG) {
                    return at;
                }
                word = at;
            } else if (at - word >= LONGEST_WORD) {
                torn = true;
                return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
            }
        }
        return text.length();
    }

    private boolean beginsWord(int at) {
        var before = text.charAt(at - 1);
        var here = text.charAt(at);
        return here == ' ' && (before > ' ' && before < 0x7f || Character.isLetterOrDigit(before))
                || before == '\n' && Character.isLetterOrDigit(here);
    }
}
