package dev.centime.contracts.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Model;
import dev.centime.contracts.PriceSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever was set in whatever order, the book finds what looking at every price one by one finds. */
class PriceBookPropertiesTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TENANT = "acme";

    /**
     * @param tenant whose contract, null for the catalogue
     * @param from day of its start, null for the beginning of time
     * @param percent a discount instead of a price
     */
    record Told(
            @Nullable String tenant,
            String provider,
            String model,
            @Nullable Integer from,
            boolean active,
            @Nullable String percent) {}

    @Property
    void findsWhatANaiveSearchFinds(
            @ForAll @Size(max = 14) List<@net.jqwik.api.From("told") Told> told,
            @ForAll @IntRange(min = -1, max = 8) int day,
            @ForAll @IntRange(max = 14) int known) {
        var book = new PriceBook();
        for (int i = 0; i < told.size(); i++) {
            book.add(set(i, told.get(i)), FIRST_DAY.plusSeconds(i), i + 1);
        }
        var at = at(day);
        for (var model : List.of("a", "b")) {
            var found = book.inForce(TENANT, new Model("x", model, null, null), at, FIRST_DAY.plusSeconds(known - 1L));
            var seen = told.subList(0, Math.min(known, told.size()));

            assertThat(found == null ? null : found.priceId())
                    .isEqualTo(naive(seen, model, day).orElse(null));
        }
        assertThat(book.all(TENANT).stream().map(PriceVersion::priceId))
                .as("nothing that was ever set is lost")
                .containsExactlyInAnyOrderElementsOf(new ArrayList<>(ids(told)));
    }

    private static Optional<String> naive(List<Told> told, String model, int day) {
        var listed = last(told, null, "x", model, day);
        for (var way : List.of(List.of("x", model), List.of("x", "*"), List.of("*", "*"))) {
            var agreed = last(told, TENANT, way.getFirst(), way.getLast(), day);
            if (agreed.isPresent()) {
                var discount = told.get(agreed.get()).percent() != null;
                return discount ? listed.map(base -> "p" + base + "/p" + agreed.get()) : agreed.map(id -> "p" + id);
            }
        }
        return listed.map(id -> "p" + id);
    }

    /** The one with the latest start by that day; of one start, the one told last. Empty when that one was withdrawn. */
    private static Optional<Integer> last(
            List<Told> told, @Nullable String tenant, String provider, String model, int day) {
        Integer best = null;
        for (int i = 0; i < told.size(); i++) {
            var one = told.get(i);
            if (java.util.Objects.equals(one.tenant(), tenant)
                    && one.provider().equals(provider)
                    && one.model().equals(model)
                    && start(one) <= day
                    && (best == null || start(one) >= start(told.get(best)))) {
                best = i;
            }
        }
        return Optional.ofNullable(best).filter(index -> told.get(index).active());
    }

    private static int start(Told told) {
        return told.from() == null ? Integer.MIN_VALUE : told.from();
    }

    private static List<String> ids(List<Told> told) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < told.size(); i++) {
            ids.add("p" + i);
        }
        return ids;
    }

    private static PriceSet set(int index, Told told) {
        var price = GivenPrices.price("""
                {"provider": "%s", "model_name": "%s", "active": %s, "discount_percent": %s}
                """.formatted(told.provider(), told.model(), told.active(), told.percent()));
        return new PriceSet("p" + index, told.tenant(), told.from() == null ? null : at(told.from()), price, "test");
    }

    private static Instant at(int day) {
        return FIRST_DAY.plusSeconds(day * 86_400L);
    }

    @Provide
    Arbitrary<Told> told() {
        var days = Arbitraries.integers().between(0, 7).injectNull(0.2);
        var active = Arbitraries.frequency(net.jqwik.api.Tuple.of(5, true), net.jqwik.api.Tuple.of(1, false));
        var models = Arbitraries.of("a", "b");
        var listed = Combinators.combine(models, days, active)
                .as((model, from, holds) -> new Told(null, "x", model, from, holds, null));
        var agreed = Combinators.combine(models, days, active)
                .as((model, from, holds) -> new Told(TENANT, "x", model, from, holds, null));
        var discounted = Combinators.combine(
                        Arbitraries.of(List.of("x", "a"), List.of("x", "*"), List.of("*", "*")), days, active)
                .as((who, from, holds) -> new Told(TENANT, who.getFirst(), who.getLast(), from, holds, "10"));
        return Arbitraries.oneOf(listed, agreed, discounted);
    }
}
