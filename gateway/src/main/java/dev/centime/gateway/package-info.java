/**
 * The one door. A request comes in by {@code door} (key or session, organization, rate), goes on by {@code route} to the service
 * whose path it is, or stays here: {@code command} for what the gateway decides (organizations, keys, sessions), {@code view} for
 * what it shows (combined answers, live updates, health, OpenAPI). {@code event} is what it records. It knows the services by
 * HTTP only.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway;
