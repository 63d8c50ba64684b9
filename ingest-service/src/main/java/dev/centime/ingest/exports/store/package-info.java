/** What of the S3 protocol an upload takes: signed requests, parts, and an end that gives the object its name. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.exports.store;
