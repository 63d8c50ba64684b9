/**
 * Files that people have already, read row by row into commands: tables, session logs of coding agents, exports of gateways, reports of
 * providers, packed or not. A file is read as a stream and never held whole; what is not known to tell of usage is passed over
 * without being looked at closer, so that no text of a prompt gets any further.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.file;
