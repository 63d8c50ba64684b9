/** Nobody answered while a recommendation was valid. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.command.archiverecommendation;
