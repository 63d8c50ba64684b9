/** CloudEvents over HTTP: one, a batch, or in headers; their data is Centime's own record or the kind that OpenMeter takes. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.cloudevents;
