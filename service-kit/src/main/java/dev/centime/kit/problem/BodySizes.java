package dev.centime.kit.problem;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large the body of a request may be: a path that takes files has a bound of its own. */
@ApplicationScoped
public class BodySizes {
    private final long bodies;
    private final String filesPath;
    private final long files;

    BodySizes(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodies,
            @ConfigProperty(name = "centime.files.path") Optional<String> filesPath,
            @ConfigProperty(name = "centime.files.max-size") MemorySize files) {
        this.bodies = bodies.asLongValue();
        this.filesPath = filesPath.orElse("");
        this.files = files.asLongValue();
    }

    /** Bytes at most, for a request to a path. */
    public long most(String path) {
        return isForFiles(path) ? files : bodies;
    }

    /** Whether bodies of a path are files. */
    public boolean isForFiles(String path) {
        return !filesPath.isEmpty() && path.equals(filesPath);
    }
}
