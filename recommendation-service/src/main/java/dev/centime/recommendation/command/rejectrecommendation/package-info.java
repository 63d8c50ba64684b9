/** Somebody does not want to follow an advice: {@code POST /recommendations/{id}/reject}. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.command.rejectrecommendation;
