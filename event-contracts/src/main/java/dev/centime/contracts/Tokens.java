package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The tokens of a call by kind. Kinds never overlap, save those marked as inside another, so a cost is the plain sum over
 * kinds and nothing is charged twice.
 *
 * @param input uncached input only
 * @param cacheRead input answered from a prompt cache
 * @param cacheWrite input written to a prompt cache that keeps it five minutes
 * @param cacheWrite1h input written to a prompt cache that keeps it an hour
 * @param output everything generated, reasoning included
 * @param reasoning inside {@code output}: informational, unless a price for it stands apart
 * @param inputAudio audio input, not inside {@code input}
 * @param outputAudio audio output, not inside {@code output}
 * @param inputImage image input, not inside {@code input}
 * @param outputImage images generated, not inside {@code output}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Tokens(
        long input,
        long cacheRead,
        long cacheWrite,
        @JsonProperty("cache_write_1h") long cacheWrite1h,
        long output,
        long reasoning,
        long inputAudio,
        long outputAudio,
        long inputImage,
        long outputImage) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException when a count is negative */
    public Tokens {
        if (input < 0
                || cacheRead < 0
                || cacheWrite < 0
                || cacheWrite1h < 0
                || output < 0
                || reasoning < 0
                || inputAudio < 0
                || outputAudio < 0
                || inputImage < 0
                || outputImage < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
    }

    /** Of a call that generated no images. */
    public Tokens(
            long input,
            long cacheRead,
            long cacheWrite,
            long cacheWrite1h,
            long output,
            long reasoning,
            long inputAudio,
            long outputAudio,
            long inputImage) {
        this(input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, inputAudio, outputAudio, inputImage, 0);
    }

    /** A call with text in and text out. */
    public static Tokens of(long input, long output) {
        return new Tokens(input, 0, 0, 0, output, 0, 0, 0, 0);
    }

    /** Everything in and out, each token once. */
    public long total() {
        return input
                + cacheRead
                + cacheWrite
                + cacheWrite1h
                + output
                + inputAudio
                + outputAudio
                + inputImage
                + outputImage;
    }

    /** What a context-size step of a price looks at: text input, cached or not. */
    public long context() {
        return input + cacheRead + cacheWrite + cacheWrite1h;
    }
}
