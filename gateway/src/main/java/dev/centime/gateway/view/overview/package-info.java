/** {@code GET /dashboard/overview}: the answers of all services in one. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.overview;
