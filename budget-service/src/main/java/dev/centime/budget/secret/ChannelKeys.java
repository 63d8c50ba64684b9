package dev.centime.budget.secret;

import dev.centime.budget.AlertDelivery;
import dev.centime.kit.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this installation, from the file that {@link AlertDelivery#keys()} names. Without one no secret can be kept or opened: alerts
 * stay on record, and messages that need one wait. A file that is there and holds something else keeps the service from beginning.
 */
@ApplicationScoped
public class ChannelKeys {
    private static final Logger LOG = Logger.getLogger(ChannelKeys.class);
    private static final String NONE =
            "secrets of channels can be neither kept nor opened: this installation has no key for them";

    private final @Nullable KeyRing ring;

    public ChannelKeys(AlertDelivery settings) {
        this.ring = settings.keys()
                .filter(name -> !name.isBlank())
                .map(name -> read(Path.of(name)))
                .orElse(null);
    }

    private static @Nullable KeyRing read(Path file) {
        try {
            return new KeyRing(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            // Budgets do not wait for it, and neither do alerts: what is sent by Slack and webhooks does.
            LOG.errorf("%s: CENTIME_CHANNEL_KEYS names %s, which is not there", NONE, file);
            return null;
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
            throw Problem.conflict(NONE + " (CENTIME_CHANNEL_KEYS)");
        }
        return ring;
    }
}
