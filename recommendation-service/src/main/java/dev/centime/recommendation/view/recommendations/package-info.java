/** What was recommended: {@code GET /recommendations}, {@code /{id}}, {@code /summary}. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.view.recommendations;
