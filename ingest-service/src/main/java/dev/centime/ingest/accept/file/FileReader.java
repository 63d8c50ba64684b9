package dev.centime.ingest.accept.file;

import java.io.IOException;

/** Reads one format. */
interface FileReader {
    /**
     * Everything in a file, to its end. What is wrong with a row is that row's; what makes the rest unreadable ends the file with a
     * rejected row that says so.
     */
    void read(FileContent file, Rows rows) throws IOException;

    /** There are no more files. What was held back, to be compared with what might come, goes to the rows it came from. */
    default void end() {}
}
