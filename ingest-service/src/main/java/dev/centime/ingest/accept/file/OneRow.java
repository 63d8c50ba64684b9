package dev.centime.ingest.accept.file;

import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem;
import java.io.IOException;
import org.jboss.logging.Logger;

/** A row that cannot be read at all is rejected like one that is wrong: it must not take the rest of its file with it. */
final class OneRow {
    static final String UNREADABLE = "cannot be read: some value in it is like none that the format has";

    private static final Logger LOG = Logger.getLogger(OneRow.class);

    private OneRow() {}

    /** Reads what is one row, or stands for one. */
    @FunctionalInterface
    interface Reading {
        void read() throws IOException;
    }

    /** @return whether it went well */
    static boolean read(Rows rows, long line, Reading reading) throws IOException {
        try {
            reading.read();
            return true;
        } catch (PassedOn.Failed e) {
            throw e;
        } catch (Problem e) {
            rows.row(line, Submitted.refused(0, "record", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Without its message, which may quote the row.
            LOG.debugf("a row cannot be read: %s at %s", e.getClass().getName(), e.getStackTrace()[0]);
            rows.row(line, Submitted.refused(0, "record", UNREADABLE));
        }
        return false;
    }
}
