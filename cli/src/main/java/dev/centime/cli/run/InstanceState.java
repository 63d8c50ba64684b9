package dev.centime.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher knows of its instance, as it stands in {@code run/state.json} for other commands to read.
 *
 * @param address the gateway's
 * @param newAdminKey whether this start made the administrator's key, so that it has not been shown yet
 * @param failure why the start was given up
 */
public record InstanceState(
        long launcherPid,
        String address,
        boolean newAdminKey,
        @Nullable String failure,
        List<Part> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean ready() {
        return failure == null && !parts.isEmpty() && parts.stream().allMatch(Part::settled);
    }

    void write(DataDirectory directory) throws IOException {
        PrivateFiles.write(
                directory.state(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    /** What was last written, or nothing where no launcher has written yet. */
    public static Optional<InstanceState> read(DataDirectory directory) {
        try {
            if (!Files.exists(directory.state())) {
                return Optional.empty();
            }
            return Optional.of(JSON.readValue(Files.readString(directory.state()), InstanceState.class));
        } catch (IOException e) {
            // A state that cannot be read is no worse than none: the next `up` writes it anew.
            return Optional.empty();
        }
    }
}
