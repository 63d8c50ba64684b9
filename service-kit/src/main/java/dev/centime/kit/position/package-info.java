/** A read that follows a write: it waits until the views hold what the write did. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.position;
