/** What happens to a recommendation. Its events in order are its whole story, and its audit. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.event;
