package dev.centime.contracts.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Model;
import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    private final PriceBook book = new PriceBook();
    private long offset;

    @Test
    void finds_theLastThatBegan() {
        set(null, "openai", "gpt-4o", null, "1");
        set(null, "openai", "gpt-4o", MARCH, "3");

        assertThat(input("acme", "gpt-4o", JANUARY)).isEqualTo("1");
        assertThat(input("acme", "gpt-4o", MARCH.minusNanos(1000))).isEqualTo("1");
        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("3");
    }

    @Test
    void aLaterVersionOfTheSameDateWins_andTheOldOneIsKept() {
        set(null, "openai", "gpt-4o", MARCH, "3");
        set(null, "openai", "gpt-4o", MARCH, "4");

        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("4");
        assertThat(book.all(null)).extracting(PriceVersion::superseded).containsExactly(true, false);
    }

    @Test
    void aContractOverridesTheCatalogue_forItsOrganizationFromItsDateOn() {
        set(null, "openai", "gpt-4o", null, "5");
        set("acme", "openai", "gpt-4o", MARCH, "2");

        assertThat(input("acme", "gpt-4o", JANUARY)).isEqualTo("5");
        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("2");
        assertThat(input("other", "gpt-4o", MARCH)).isEqualTo("5");
        assertThat(book.all("other")).hasSize(1);
    }

    @Test
    void aContractForAModelCoversItsDatedNames() {
        set(null, "openai", "gpt-4o-2024-08-06", null, "3");
        set("acme", "openai", "gpt-4o", null, "2");

        assertThat(input("acme", "gpt-4o-2024-08-06", MARCH)).isEqualTo("2");
        assertThat(input("other", "gpt-4o-2024-08-06", MARCH)).isEqualTo("3");
    }

    @Test
    void aWithdrawnContractLeavesTheCatalogue() {
        set(null, "openai", "gpt-4o", null, "5");
        set("acme", "openai", "gpt-4o", JANUARY, "2");
        add("acme", "openai", "gpt-4o", MARCH, "2", false);

        assertThat(input("acme", "gpt-4o", JANUARY)).isEqualTo("2");
        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("5");
    }

    @Test
    void theMostSpecificDiscountHolds_fromItsDateOn() {
        set(null, "openai", "gpt-4o", null, "10");
        set(null, "openai", "gpt-4.1", null, "10");
        set(null, "anthropic", "claude", null, "10");
        put("acme", JANUARY, GivenPrices.discount("*", "*", "5"));
        put("acme", JANUARY, GivenPrices.discount("openai", "*", "12.5"));
        put("acme", MARCH, GivenPrices.discount("openai", "gpt-4o", "30"));

        assertThat(input("acme", "gpt-4o", JANUARY.minusNanos(1))).isEqualTo("10");
        assertThat(input("acme", "gpt-4o", JANUARY)).isEqualTo("8.75");
        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("7");
        assertThat(input("acme", "gpt-4.1", MARCH)).isEqualTo("8.75");
        assertThat(rate(book.inForce("acme", new Model("anthropic", "claude", null, null), MARCH)))
                .isEqualTo("9.5");
        assertThat(input("other", "gpt-4o", MARCH)).isEqualTo("10");
        assertThat(book.inForce("acme", new Model("openai", "unheard-of", null, null), MARCH))
                .isNull();
    }

    @Test
    void aDiscountGoesWithTheCatalogue_andNamesBoth() {
        set(null, "openai", "gpt-4o", null, "10");
        put("acme", JANUARY, GivenPrices.discount("openai", "*", "50"));
        set(null, "openai", "gpt-4o", MARCH, "4");

        var found = book.inForce("acme", new Model("openai", "gpt-4o", null, null), MARCH);

        assertThat(rate(found)).isEqualTo("2");
        assertThat(found.priceId()).isEqualTo("p3/p2");
    }

    @Test
    void aDiscountThatIsWithdrawn_orNothing_leavesTheNextOne() {
        set(null, "openai", "gpt-4o", null, "10");
        put("acme", JANUARY, GivenPrices.discount("*", "*", "5"));
        put("acme", JANUARY, GivenPrices.discount("openai", "*", "50"));
        add("acme", "openai", "*", MARCH, "0", false);
        put("acme", MARCH, GivenPrices.discount("openai", "gpt-4.1", "0"));
        set(null, "openai", "gpt-4.1", null, "10");

        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("9.5");
        assertThat(input("acme", "gpt-4.1", MARCH)).isEqualTo("10");
    }

    @Test
    void aContractPriceIsNotDiscounted() {
        set(null, "openai", "gpt-4o", null, "10");
        put("acme", JANUARY, GivenPrices.discount("*", "*", "50"));
        set("acme", "openai", "gpt-4o", JANUARY, "7");

        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("7");
    }

    @Test
    void answersAsItWasKnown() {
        var before = JANUARY.minusNanos(1);
        set(null, "openai", "gpt-4o", null, "1");
        book.add(new PriceSet("later", null, null, GivenPrices.price("openai", "gpt-4o", "2", "2"), "test"), MARCH, 99);
        var model = new Model("openai", "gpt-4o", null, null);

        assertThat(book.inForce("acme", model, MARCH, before)).isNull();
        assertThat(rate(book.inForce("acme", model, MARCH, MARCH.minusNanos(1))))
                .isEqualTo("1");
        assertThat(rate(book.inForce("acme", model, MARCH, MARCH))).isEqualTo("2");
    }

    @Test
    void aTenantsContract_makesNoNameAmbiguousForOthers() {
        set(null, "acme-ai", "thinker", null, "1");
        set("acme", "elsewhere", "thinker", null, "1");
        set("acme", "elsewhere", "own-model", null, "1");

        assertThat(seller("other", "thinker")).isEqualTo("acme-ai");
        assertThat(seller("acme", "thinker")).isEqualTo("acme-ai");
        assertThat(seller("acme", "own-model")).isEqualTo("elsewhere");
    }

    @Test
    void aTenantsContract_namesNobodyElsesCalls() {
        set("acme", "secret-vendor", "my-llama", null, "1");
        set("third", "other-vendor", "my-llama", null, "1");

        assertThat(seller("acme", "my-llama")).isEqualTo("secret-vendor");
        assertThat(seller("third", "my-llama")).isEqualTo("other-vendor");
        assertThat(seller("other", "my-llama")).isNull();
        assertThat(book.named("acme", null, "secret-vendor/x", null, null))
                .isEqualTo(new Model("secret-vendor", "x", null, null));
        assertThat(book.named("other", null, "secret-vendor/x", null, null))
                .isEqualTo(new Model(null, "secret-vendor/x", null, null));
    }

    @Test
    void anAliasFollowsItsModel_toPricesThatDoNotRepeatIt_andToNone() {
        put(null, null, aliased("gpt-next", "1", "preview"));
        set(null, "openai", "gpt-next", JANUARY, "2");
        add(null, "openai", "gpt-next", MARCH, "0", false);

        assertThat(input("acme", "preview", JANUARY.minusNanos(1))).isEqualTo("1");
        assertThat(input("acme", "preview", JANUARY)).isEqualTo("2");
        assertThat(book.inForce("acme", new Model("openai", "preview", null, null), MARCH))
                .isNull();
        assertThat(book.concerns("acme", "openai", "preview", Set.of("p2"))).isTrue();
        assertThat(book.concerns("acme", "openai", "another", Set.of("p2"))).isFalse();
    }

    @Test
    void whatIsAgreedOfAModel_holdsForTheCataloguesAliases() {
        put(null, null, aliased("gpt-next", "8", "preview"));
        set("acme", "openai", "gpt-next", JANUARY, "2");
        put("other", null, GivenPrices.discount("openai", "*", "25"));
        put("other", JANUARY, GivenPrices.discount("openai", "gpt-next", "50"));

        assertThat(input("acme", "preview", JANUARY.minusNanos(1))).isEqualTo("8");
        assertThat(input("acme", "preview", JANUARY)).isEqualTo("2");
        assertThat(input("acme", "preview-2026-01-05", JANUARY)).isEqualTo("2");
        assertThat(input("other", "preview", JANUARY.minusNanos(1))).isEqualTo("6");
        assertThat(input("other", "preview", JANUARY)).isEqualTo("4");
        assertThat(input("third", "preview", MARCH)).isEqualTo("8");
        assertThat(book.concerns("acme", "openai", "preview", Set.of("p2"))).isTrue();
    }

    @Test
    void whatIsAgreedOfAModel_holdsForAnAlias_whileItMeansThatModel() {
        put(null, null, aliased("gpt-next", "8", "preview"));
        set("acme", "openai", "gpt-next", null, "2");
        set(null, "openai", "preview", JANUARY, "7");
        put(null, MARCH, aliased("gpt-last", "9", "preview"));
        set("acme", "openai", "gpt-last", null, "3");

        assertThat(input("acme", "preview", JANUARY.minusNanos(1))).isEqualTo("2");
        assertThat(input("acme", "preview", JANUARY)).isEqualTo("7");
        assertThat(input("acme", "preview", MARCH)).isEqualTo("3");
    }

    @Test
    void whatIsAgreedOfAnAlias_goesBeforeItsModel() {
        put(null, null, aliased("gpt-next", "8", "preview"));
        set("acme", "openai", "gpt-next", null, "2");
        set("acme", "openai", "preview", JANUARY, "1");
        add("acme", "openai", "preview", MARCH, "0", false);

        assertThat(input("acme", "preview", JANUARY.minusNanos(1))).isEqualTo("2");
        assertThat(input("acme", "preview", JANUARY)).isEqualTo("1");
        assertThat(input("acme", "preview", MARCH)).isEqualTo("8");
    }

    @Test
    void anotherModelsAlias_isNotAgreedOfADatedModelThatTheCatalogueKnows() {
        put(null, null, aliased("gpt-next", "8", "gpt-4o"));
        set(null, "openai", "gpt-4o-2024-05-13", null, "5");
        set("acme", "openai", "gpt-next", null, "2");

        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("2");
        assertThat(input("acme", "gpt-4o-2024-05-13", MARCH)).isEqualTo("5");
    }

    @Test
    void anAliasThatGetsAPriceOfItsOwn_isThatModelFromThenOn() {
        put(null, null, aliased("gpt-next", "1", "preview"));
        set(null, "openai", "preview", JANUARY, "7");
        set(null, "openai", "gpt-next", MARCH, "2");

        assertThat(input("acme", "preview", JANUARY.minusNanos(1))).isEqualTo("1");
        assertThat(input("acme", "preview", MARCH)).isEqualTo("7");
        assertThat(input("acme", "gpt-next", MARCH)).isEqualTo("2");
    }

    @Test
    void twoModelsThatAreEachOthersAlias_haveOnePriceEach() {
        put(null, null, aliased("one", "1", "two"));
        put(null, JANUARY, aliased("two", "2", "one"));

        assertThat(input("acme", "one", MARCH)).isEqualTo("2");
        assertThat(input("acme", "two", MARCH)).isEqualTo("2");
        assertThat(input("acme", "two", JANUARY.minusNanos(1))).isEqualTo("1");
    }

    @Test
    void aWithdrawnPrice_isNotThatOfALessSpecificName() {
        set(null, "openai", "gpt-4o", null, "2");
        set(null, "openai", "gpt-4o-2024-05-13", null, "5");
        add(null, "openai", "gpt-4o-2024-05-13", MARCH, "0", false);
        var snapshot = new Model("openai", "gpt-4o-2024-05-13", null, null);

        assertThat(rate(book.inForce("acme", snapshot, JANUARY))).isEqualTo("5");
        assertThat(book.inForce("acme", snapshot, MARCH)).isNull();
        assertThat(input("acme", "gpt-4o", MARCH)).isEqualTo("2");
        assertThat(input("acme", "gpt-4o-2024-08-06", MARCH)).isEqualTo("2");
    }

    @Test
    void aPriceThatHasNotBegun_leavesTheLessSpecificName() {
        set(null, "openai", "gpt-4o", null, "2");
        set(null, "openai", "gpt-4o-2024-05-13", MARCH, "5");

        assertThat(input("acme", "gpt-4o-2024-05-13", JANUARY)).isEqualTo("2");
        assertThat(input("acme", "gpt-4o-2024-05-13", MARCH)).isEqualTo("5");
    }

    private @Nullable String seller(String organization, String model) {
        return book.named(organization, null, model, null, null).provider();
    }

    private static Price aliased(String model, String rate, String alias) {
        return GivenPrices.price("""
                {"provider": "openai", "model_name": "%s", "aliases": ["%s"], "rates": {"standard": {"input": "%s"}}}
                """.formatted(model, alias, rate));
    }

    @ParameterizedTest
    @CsvSource({
        // provider and model as callers write them, and as they are recorded
        "openai, gpt-4o, openai, gpt-4o",
        "OpenAI, gpt-4o, openai, gpt-4o",
        ", gpt-4o, openai, gpt-4o",
        ", openai/gpt-4o, openai, gpt-4o",
        "openai, openai/gpt-4o, openai, gpt-4o",
        "azure.ai.openai, gpt-4o, azure, gpt-4o",
        ", azure/gpt-4o, azure, gpt-4o",
        ", anthropic/claude-sonnet-4-5, anthropic, claude-sonnet-4-5",
        ", claude-sonnet-4-5-20250929, anthropic, claude-sonnet-4-5-20250929",
        "aws.bedrock, us.anthropic.claude-v2:0, bedrock, us.anthropic.claude-v2:0",
        ", us.anthropic.claude-v2:0, bedrock, us.anthropic.claude-v2:0",
        "openrouter, openrouter/anthropic/claude-x, openrouter, anthropic/claude-x",
        "openai, anthropic/claude-x, openai, anthropic/claude-x",
        ", unheard-of, , unheard-of",
        ", /, , /",
        ", openai/, , openai/"
    })
    void names(@Nullable String provider, String model, @Nullable String namedProvider, String namedModel) {
        List.of("azure", "openai").forEach(seller -> set(null, seller, "gpt-4o", null, "1"));
        set(null, "anthropic", "claude-sonnet-4-5", null, "1");
        set(null, "openrouter", "anthropic/claude-x", null, "1");
        set(null, "bedrock", "anthropic.claude-v2:0", null, "1");

        assertThat(book.named("acme", provider, model, null, null))
                .isEqualTo(new Model(namedProvider, namedModel, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-sonnet-4-5-20250929, , 1",
        "anthropic, claude-sonnet-4-5@20250929, , 1",
        "anthropic, claude-sonnet-4-5-latest, , 1",
        "anthropic, CLAUDE-Sonnet-4-5, , 1",
        "bedrock, eu.anthropic.claude-v2, , 2",
        "bedrock, anthropic.claude-v2, eu-central-1, 3",
        "bedrock, anthropic.claude-v2, us-east-1, 2",
        "openai, ft:gpt-4o:acme::abc, , 4",
        "anthropic, claude-sonnet-4-50, , ",
        "openai, claude-sonnet-4-5, , "
    })
    void findsThePriceOfANameAsCallersWriteIt(
            String provider, String model, @Nullable String region, @Nullable String rate) {
        set(null, "anthropic", "claude-sonnet-4-5", null, "1");
        set(null, "bedrock", "anthropic.claude-v2", null, "2");
        set(null, "bedrock", "eu-central-1/anthropic.claude-v2", null, "3");
        set(null, "openai", "ft:gpt-4o", null, "4");

        var found = book.inForce("acme", new Model(provider, model, null, region), MARCH);

        assertThat(found == null ? null : rate(found)).isEqualTo(rate);
    }

    private void set(
            @Nullable String organization, String provider, String model, @Nullable Instant from, String rate) {
        add(organization, provider, model, from, rate, true);
    }

    private void add(
            @Nullable String organization,
            String provider,
            String model,
            @Nullable Instant from,
            String rate,
            boolean active) {
        var plain = GivenPrices.price(provider, model, rate, rate);
        put(organization, from, active ? plain : GivenPrices.price("""
                {"provider": "%s", "model_name": "%s", "active": false}
                """.formatted(provider, model)));
    }

    private void put(@Nullable String organization, @Nullable Instant from, Price price) {
        offset++;
        book.add(new PriceSet("p" + offset, organization, from, price, "test"), JANUARY, offset);
    }

    private String input(String organization, String model, Instant at) {
        return rate(book.inForce(organization, new Model("openai", model, null, null), at));
    }

    private static String rate(PriceVersion version) {
        return version.price().rates().get("standard").input().toString();
    }
}
