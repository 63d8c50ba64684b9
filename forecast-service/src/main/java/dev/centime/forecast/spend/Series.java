package dev.centime.forecast.spend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Model;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of spend is about, at one grain.
 *
 * @param tags as JSON with sorted keys, null at the grains that do not know them
 */
record Series(
        Grain grain,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String project,
        @Nullable String experiment,
        @Nullable String operation,
        @Nullable String subject,
        @Nullable String tags) {
    private static final ObjectMapper JSON = Contracts.mapper();
    private static final Series TOTAL = new Series(Grain.TOTAL, null, null, null, null, null, null, null);

    /** Those that a call counts in. */
    static List<Series> of(Model model, Attribution attribution) {
        var all = new ArrayList<Series>(3);
        all.add(TOTAL);
        all.add(of(Grain.CUBE, model, attribution, null, null));
        if (attribution.subject() != null || !attribution.tags().isEmpty()) {
            all.add(of(Grain.FINE, model, attribution, attribution.subject(), json(attribution)));
        }
        return all;
    }

    private static Series of(
            Grain grain, Model model, Attribution by, @Nullable String subject, @Nullable String tags) {
        return new Series(
                grain, model.provider(), model.name(), by.project(), by.experiment(), by.operation(), subject, tags);
    }

    /** The first 16 bytes of a hash over all of it: the same for the same dimensions in every generation of the view. */
    UUID id() {
        var digest = sha256();
        for (var part : Arrays.asList(grain.name(), provider, model, project, experiment, operation, subject, tags)) {
            // A length before each part, -1 for none, so that no two lists of parts read the same.
            var bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            int length = part == null ? -1 : bytes.length;
            digest.update(
                    new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
            digest.update(bytes);
        }
        var hash = java.nio.ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    private static String json(Attribution attribution) {
        try {
            return JSON.writeValueAsString(attribution.tags());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
