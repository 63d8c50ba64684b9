/** A write that is sent again with its {@code Idempotency-Key} is done once and answered the same. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.idempotency;
