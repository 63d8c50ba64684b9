/** How long calls are kept one by one: every night what is older expires, and is then deleted a few rows at a time. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.retention;
