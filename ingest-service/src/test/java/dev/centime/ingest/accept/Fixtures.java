package dev.centime.ingest.accept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bodies from {@code src/test/resources/formats}; its README says where each is from. */
public final class Fixtures {
    private Fixtures() {}

    public static byte[] bytes(String name) {
        try (var in = Fixtures.class.getResourceAsStream("/formats/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }
}
