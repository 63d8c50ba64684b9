/** What the calls of a model would have cost with others: {@code GET /recommendations/model-alternatives}. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.view.alternatives;
