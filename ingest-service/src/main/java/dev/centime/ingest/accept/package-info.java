/**
 * Foreign input becomes a command: a folder for each format that comes by a path of its own. Here is what formats share: a body
 * unpacked and cut into records, fields checked by type, and the usage blocks of the providers read into token kinds that never
 * overlap.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept;
