/** Somebody wants to follow an advice: {@code POST /recommendations/{id}/accept}. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.command.acceptrecommendation;
