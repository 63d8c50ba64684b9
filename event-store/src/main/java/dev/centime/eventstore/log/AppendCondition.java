package dev.centime.eventstore.log;

import java.util.Set;

/**
 * Append only if nothing that any of the criteria matches came after an offset.
 *
 * @param anyOf criteria, joined by or
 * @param after the offset up to which the decision had read, 0 for none
 */
public record AppendCondition(Set<Criterion> anyOf, long after) {}
