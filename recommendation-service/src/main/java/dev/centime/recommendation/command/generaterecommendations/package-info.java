/** Looks for savings in what was used lately: {@code POST /recommendations/generate}. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.command.generaterecommendations;
