package dev.centime.ingest.accept.file;

import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Labels;
import org.jspecify.annotations.Nullable;

/** The project that a coding agent worked on: the folder's own name, since where it lies differs from machine to machine. */
final class Projects {
    private Projects() {}

    /** @param folder with slashes of either kind; null for none */
    static @Nullable String named(@Nullable String folder) {
        if (folder == null) {
            return null;
        }
        var path = folder.replace('\\', '/').replaceAll("/+$", "");
        return Labels.of(path.substring(path.lastIndexOf('/') + 1), ForeignCall.NAME_LENGTH);
    }
}
