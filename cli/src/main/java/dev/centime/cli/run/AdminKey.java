package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;

/** The platform administrator's key of a local instance. */
public final class AdminKey {
    private AdminKey() {}

    public static String of(DataDirectory directory) {
        try {
            return Files.readString(directory.adminKey()).strip();
        } catch (IOException e) {
            throw new Failure(
                    "The administrator's key cannot be read from " + directory.adminKey()
                            + ": give a key in CENTIME_API_KEY.",
                    Failure.NOT_ALLOWED);
        }
    }
}
