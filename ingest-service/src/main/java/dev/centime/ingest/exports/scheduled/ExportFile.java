package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.event.ExportScheduled;
import dev.centime.ingest.exports.ExportOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The file of one time of a scheduled export, which has its name when it is whole.
 *
 * @param epoch counts the tries, each of which writes a file of its own
 */
record ExportFile(Path folder, String name, int epoch) {
    /** Of the id, which is random: enough for the schedules that an organization may have. */
    private static final int MARK = 8;

    /** Other schedules may have the same name and folder: the id tells their files apart. */
    static ExportFile of(Path folder, ExportScheduled scheduled, ExportOrder order, int epoch) {
        var mark = scheduled.exportId().substring(0, MARK);
        return new ExportFile(folder, order.fileName(scheduled.name(), mark), epoch);
    }

    Path unfinished() {
        return folder.resolve("." + name + "." + epoch + ".part");
    }

    /** Gives it its name. @return its size in bytes */
    long finish() throws IOException {
        var bytes = Files.size(unfinished());
        Files.move(
                unfinished(),
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return bytes;
    }

    /** Deletes what tries before this one left when their process ended; one that still writes has lost its lease. */
    void forgetEarlierTries() throws IOException {
        var tries = Pattern.compile(Pattern.quote("." + name + ".") + "(\\d{1,9})\\.part");
        try (var files = Files.newDirectoryStream(folder, ".*.part")) {
            for (var file : files) {
                var found = tries.matcher(file.getFileName().toString());
                if (found.matches() && Integer.parseInt(found.group(1)) < epoch) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
