package dev.centime.recommendation.policy;

import dev.centime.recommendation.event.Advice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Names a story: the kind of advice and the calls it is about. The model advised may change, the story goes on. */
public final class StoryKey {
    private static final int BYTES = 10;

    private StoryKey() {}

    public static String of(Advice advice) {
        try {
            var about = advice.recommendationType().text() + "\n"
                    + advice.analysisData().filter();
            var hash = MessageDigest.getInstance("SHA-256").digest(about.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
