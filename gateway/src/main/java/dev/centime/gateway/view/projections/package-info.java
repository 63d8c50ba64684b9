/** {@code GET /admin/projections} and {@code /admin/replays}: the views of all services in one list. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.projections;
