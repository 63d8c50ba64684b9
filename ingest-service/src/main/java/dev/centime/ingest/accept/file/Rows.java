package dev.centime.ingest.accept.file;

import dev.centime.ingest.command.recordusage.Submitted;

/** Takes what a file says, in its order. Each row of a file comes to exactly one of the first three. */
public interface Rows {
    /**
     * A record, or what is wrong with one.
     *
     * @param line where it begins, from 1
     */
    void row(long line, Submitted submitted);

    /** A row that tells of a call once more, with nothing new. */
    void repeated();

    /** A row that tells of no call. */
    void ignored();

    /** Something that the file says of itself and that its rows do not bear out. */
    void difference(Difference difference);

    /** The file says what a session may cost. */
    void sessionBudget(SessionBudget budget);
}
