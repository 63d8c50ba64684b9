package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.limit.Call;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Scope;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.contracts.price.PriceBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked about and what budgets are of, in the words in which calls are recorded. */
class ModelSpellingTest {
    private final PriceBook book = new PriceBook();
    private final ModelSpelling spelling = new ModelSpelling(book, "acme");

    @BeforeEach
    void aCatalogue() {
        sold("openai", "gpt-4o");
        sold("anthropic", "claude-haiku-4-5");
        sold("openrouter", "openai/gpt-4o");
    }

    private void sold(String provider, String model) {
        var price = GivenPrices.price(provider, model, "1", "2");
        book.add(new PriceSet(provider + model, null, null, price, "bundled"), Instant.EPOCH, 1);
    }

    @Test
    void aCallsProviderIsFoundByItsModel() {
        assertThat(spelling.call(Map.of("model", "claude-haiku-4-5", "user", "ada")))
                .containsOnly(
                        Map.entry("model", "claude-haiku-4-5"),
                        Map.entry("provider", "anthropic"),
                        Map.entry("user", "ada"));
        assertThat(spelling.call(Map.of("model", "openai/gpt-4o")))
                .containsOnly(Map.entry("model", "gpt-4o"), Map.entry("provider", "openai"));
        assertThat(spelling.call(Map.of("model", "never-heard-of"))).containsOnlyKeys("model");
    }

    @Test
    void aProviderIsOneHoweverItIsWritten() {
        assertThat(spelling.call(Map.of("provider", "OpenAI", "model", "openai/gpt-4o")))
                .containsOnly(Map.entry("model", "gpt-4o"), Map.entry("provider", "openai"));
        assertThat(spelling.call(Map.of("provider", "az.ai.openai"))).containsOnly(Map.entry("provider", "azure"));
        assertThat(spelling.call(Map.of("provider", "openrouter", "model", "openai/gpt-4o")))
                .containsOnly(Map.entry("model", "openai/gpt-4o"), Map.entry("provider", "openrouter"));
    }

    @Test
    void aScopeNamesWhatCallsAreRecordedAs() {
        assertThat(scope(Map.of("provider", List.of("OpenAI", "openai", "Azure.AI.OpenAI"))))
                .containsOnly(Map.entry("provider", List.of("openai", "azure")));
        assertThat(scope(Map.of("model", List.of("openai/gpt-4o"))))
                .containsOnly(Map.entry("model", List.of("gpt-4o")), Map.entry("provider", List.of("openai")));
        assertThat(scope(Map.of("model", List.of("openai/gpt-4o", "claude-haiku-4-5"))))
                .containsOnly(Map.entry("model", List.of("gpt-4o", "claude-haiku-4-5")));
        assertThat(scope(Map.of("provider", List.of("OpenRouter"), "model", List.of("openai/gpt-4o"))))
                .containsOnly(
                        Map.entry("model", List.of("openai/gpt-4o")), Map.entry("provider", List.of("openrouter")));
        assertThat(scope(Map.of("user", List.of("s-1")))).containsOnly(Map.entry("user", List.of("s-1")));
    }

    @Test
    void writtenTwice_aScopeIsTheSame() {
        var once = spelling.scope(new Scope(Map.of("model", List.of("openai/gpt-4o"))));
        assertThat(spelling.scope(once)).isEqualTo(once);
    }

    @Test
    void aCallOfAModelThatNobodyKnows_belongsToEveryProvidersBudgets() {
        var anthropics = new Scope(Map.of("provider", List.of("anthropic"), "project", List.of("chat")));
        var unknown = Call.of(spelling.call(Map.of("model", "never-heard-of", "project", "chat")));
        assertThat(unknown.isIn(anthropics)).isTrue();
        assertThat(Call.of(spelling.call(Map.of("model", "gpt-4o", "project", "chat")))
                        .isIn(anthropics))
                .isFalse();
        assertThat(Call.of(Map.of("model", "never-heard-of", "project", "other"))
                        .isIn(anthropics))
                .isFalse();
        assertThat(Call.of(Map.of("project", "chat")).isIn(anthropics)).isFalse();
    }

    private Map<String, List<String>> scope(Map<String, List<String>> written) {
        return spelling.scope(new Scope(written)).filters();
    }
}
