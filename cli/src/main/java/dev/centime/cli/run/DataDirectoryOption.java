package dev.centime.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that all commands about a local instance share. */
public final class DataDirectoryOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the instance keeps its data, secrets and logs (default: .centime beside the launcher,"
                    + " or CENTIME_DATA_DIR).")
    private @Nullable Path path;

    public DataDirectory directory() {
        return DataDirectory.at(path == null ? DataDirectory.usual() : path);
    }
}
