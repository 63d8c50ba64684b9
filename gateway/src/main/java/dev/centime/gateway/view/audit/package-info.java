/** {@code GET /audit}: who changed what, when and from where, from the log itself. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.audit;
