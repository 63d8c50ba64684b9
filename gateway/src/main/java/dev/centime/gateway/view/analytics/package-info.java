/** What people spent, which ingest-service knows, beside how much of their limits they have used, which budget-service knows. */
@org.jspecify.annotations.NullMarked
package dev.centime.gateway.view.analytics;
