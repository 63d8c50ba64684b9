/** What must be kept secret of channels: sealed at rest, opened where a message is sent, never shown again. */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.secret;
