/**
 * Langfuse's ingestion API, as its SDKs speak it: generations become records, all else is acknowledged. What SDKs tell of a
 * generation and its trace in pieces is kept together for a day (decision 0086).
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.langfuse;
