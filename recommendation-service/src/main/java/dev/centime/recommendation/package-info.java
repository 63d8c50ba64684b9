/**
 * Where money can be saved. Reads {@code usage-recorded}, {@code usage-repriced} and {@code price-set} from the log; writes the
 * life of each recommendation.
 *
 * <ul>
 *   <li>{@code command}: {@code POST /recommendations/generate}, {@code /{id}/accept}, {@code /{id}/reject}
 *   <li>{@code event}: what happens to a recommendation
 *   <li>{@code policy}: what is advised and what its life allows, pure
 *   <li>{@code reaction}: a recommendation that nobody answers is archived
 *   <li>{@code usage}: what was used, so that it can be priced again
 *   <li>{@code view}: {@code GET /recommendations}, {@code /{id}}, {@code /summary}, {@code /model-alternatives}
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation;
