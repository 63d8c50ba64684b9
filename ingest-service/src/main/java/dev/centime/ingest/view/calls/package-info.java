/** Single calls: narrow rows for questions outside the cost cells, costs as last corrected, and what has no price. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.calls;
