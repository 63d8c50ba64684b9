/** What a service keeps for others and nobody may read: sealed at rest, opened where it is used, never shown again. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.secret;
