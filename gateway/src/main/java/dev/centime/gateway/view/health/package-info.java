/** {@code GET /health}: the gateway and every service behind it. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.health;
