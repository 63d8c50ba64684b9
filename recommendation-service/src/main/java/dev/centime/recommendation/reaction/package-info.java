/** What happens because time passes. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.reaction;
