/**
 * Old ranges of the log in compressed files: {@code ArchiveLog} writes them, reads them back and takes the ranges out of the tables;
 * {@code FileArchive} reads them where the log has to. What writes knows JDBC and nothing of the services' client.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.eventstore.archive;
