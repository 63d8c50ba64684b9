/**
 * What is advised, and what the life of a recommendation allows. Pure: usage, prices and the moment come in, advice and events go
 * out.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.policy;
