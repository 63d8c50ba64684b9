package dev.centime.kit.secret;

import dev.centime.kit.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this installation, from a file. Without one no secret can be kept or opened: what needs one waits. A file that is there and
 * holds something else keeps the service from beginning.
 */
@ApplicationScoped
public class SealingKeys {
    private static final Logger LOG = Logger.getLogger(SealingKeys.class);
    private static final String NONE = "secrets can be neither kept nor opened: this installation has no key for them";

    private final @Nullable KeyRing ring;

    /** @param file its name */
    public SealingKeys(@ConfigProperty(name = "centime.secrets.keys") Optional<String> file) {
        this.ring = file.filter(name -> !name.isBlank())
                .map(name -> read(Path.of(name)))
                .orElse(null);
    }

    private static @Nullable KeyRing read(Path file) {
        try {
            return new KeyRing(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            // Most of a service does not wait for it: what is sent with a secret does.
            LOG.errorf("%s: CENTIME_CHANNEL_KEYS names %s, which is not there", NONE, file);
            return null;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the keys that seal secrets cannot be read from " + file + ": " + e, e);
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
