/** How a question of cost becomes one statement over cells or detail rows. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.question;
