/**
 * Files become records in the background. A file is read as it is received: what is kept of it is records still to be recorded, in
 * packed chunks, never the file. Whoever holds an import's lease records chunk by chunk; a chunk goes with the progress that it makes.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.imports;
