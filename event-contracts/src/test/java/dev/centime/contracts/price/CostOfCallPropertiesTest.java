package dev.centime.contracts.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import dev.centime.contracts.Tokens;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What holds for any price and any call. */
class CostOfCallPropertiesTest {
    private static final long MAX_TOKENS = 100_000_000_000L;

    @Property
    void linesAddUpToTheTotal(@ForAll("prices") Price price, @ForAll("tokens") Tokens tokens) {
        var cost = cost(price, tokens);

        assertThat(cost.total())
                .isEqualTo(cost.input()
                        .plus(cost.output())
                        .plus(cost.cacheRead())
                        .plus(cost.cacheWrite())
                        .plus(cost.other()));
    }

    @Property
    void equalsTheSumByDefinition(@ForAll("prices") Price price, @ForAll("tokens") Tokens tokens) {
        var rates = price.rates().get(Price.STANDARD);
        var sum = product(tokens.input(), rates.input())
                .add(product(tokens.cacheRead(), rates.cacheRead() == null ? rates.input() : rates.cacheRead()))
                .add(product(tokens.cacheWrite(), rates.cacheWrite() == null ? rates.input() : rates.cacheWrite()))
                .add(product(
                        tokens.cacheWrite1h(), rates.cacheWrite1h() == null ? rates.input() : rates.cacheWrite1h()))
                .add(product(tokens.output(), rates.output()));

        assertThat(cost(price, tokens).total()).isEqualTo(Money.of(sum.divide(new BigDecimal(1_000_000))));
    }

    @Property
    void twoCallsCostWhatTheirSumCosts(
            @ForAll("prices") Price price,
            @ForAll @LongRange(max = 1_000_000) long one,
            @ForAll @LongRange(max = 1_000_000) long two) {
        var apart = cost(price, Tokens.of(one, two))
                .totalOrZero()
                .plus(cost(price, Tokens.of(two, one)).totalOrZero());

        assertThat(cost(price, Tokens.of(one + two, one + two)).total()).isEqualTo(apart);
    }

    @Provide
    Arbitrary<Price> prices() {
        var rate = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("100000"))
                .ofScale(9)
                .map(Money::of);
        return Combinators.combine(rate, rate, rate.injectNull(0.3), rate.injectNull(0.3), rate.injectNull(0.3))
                .as((input, output, read, write, write1h) -> GivenPrices.price(
                        "p",
                        "m",
                        Map.of(
                                Price.STANDARD,
                                new Rates(input, output, read, write, write1h, null, null, null, null, null))));
    }

    @Provide
    Arbitrary<Tokens> tokens() {
        var count = Arbitraries.longs().between(0, MAX_TOKENS);
        return Combinators.combine(count, count, count, count, count)
                .as((input, read, write, write1h, output) ->
                        new Tokens(input, read, write, write1h, output, 0, 0, 0, 0));
    }

    private static BigDecimal product(long tokens, Money rate) {
        return rate.amount().multiply(BigDecimal.valueOf(tokens));
    }

    private static Cost cost(Price price, Tokens tokens) {
        return CostOfCall.of(GivenPrices.call(tokens), GivenPrices.version(price), null);
    }
}
