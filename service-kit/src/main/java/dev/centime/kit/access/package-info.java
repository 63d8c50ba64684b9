/** Who calls: tokens that the gateway signed, verified without blocking and remembered until they expire. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.access;
