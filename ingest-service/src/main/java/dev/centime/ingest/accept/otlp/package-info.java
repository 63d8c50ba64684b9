/** OpenTelemetry: spans of LLM calls, by OTLP/HTTP as protobuf or JSON. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.otlp;
