/** {@code GET /openapi.json} and {@code /openapi.yaml}: the documents of all services as one. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.openapi;
