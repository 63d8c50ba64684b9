package dev.centime.budget.secret;

import dev.centime.budget.AlertDelivery;
import dev.centime.kit.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The keys of this installation, from the file that {@link AlertDelivery#keys()} names. Without one no secret can be kept. */
@ApplicationScoped
public class ChannelKeys {
    private final @Nullable KeyRing ring;

    public ChannelKeys(AlertDelivery settings) {
        this.ring = settings.keys()
                .filter(name -> !name.isBlank())
                .map(name -> read(Path.of(name)))
                .orElse(null);
    }

    private static KeyRing read(Path file) {
        try {
            return new KeyRing(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the keys of channels' secrets cannot be read from " + file + ": " + e, e);
        }
    }

    boolean areThere() {
        return ring != null;
    }

    /** @throws Problem 409 when there are none */
    KeyRing ring() {
        if (ring == null) {
            throw Problem.conflict(
                    "secrets of channels cannot be kept: this installation has no key for them (CENTIME_CHANNEL_KEYS)");
        }
        return ring;
    }
}
