package dev.centime.ingest.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The estimate against what providers counted themselves; the table of docs/estimates.md is what is measured here. */
class TokenEstimateTest {
    /** Below this, the marks that servers put around a prompt outweigh it. */
    private static final int SHORT = 50;

    private static List<CountedText> texts;

    @BeforeAll
    static void read() throws IOException {
        texts = CountedText.all();
    }

    @Test
    void openAisPrompts_areCountedToTheToken() {
        assertThat(only(text -> text.tokenizer().exact() && !text.kind().equals("output")))
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThat(text.estimated()).isEqualTo(text.tokens()));
    }

    /** Two tokens of a prompt of eight are more than five percent, and a fraction of a cent. */
    @Test
    void textsOfTheFormatsFixtures_areWithinFivePercent() {
        assertThat(only(text -> !text.source().startsWith("pydantic-ai:")))
                .hasSizeGreaterThan(30)
                .allSatisfy(text -> assertThat((double) Math.abs(text.estimated() - text.tokens()))
                        .as(text.toString())
                        .isLessThanOrEqualTo(Math.max(2, 0.05 * text.tokens())));
    }

    @Test
    void nineOfTenTexts_areNearerThanTheErrorThatIsAnswered() {
        for (var tokenizer : Tokenizer.values()) {
            if (!tokenizer.exact()) {
                var errors = errors(only(text -> text.tokenizer() == tokenizer && text.tokens() >= SHORT));
                assertThat(errors.length).as(tokenizer.name()).isGreaterThanOrEqualTo(5);
                assertThat(100 * quantile(errors)).as(tokenizer.name()).isLessThanOrEqualTo(tokenizer.errorPercent());
            }
        }
    }

    @Test
    void textsThatNothingWasFittedTo_areRightInSum() {
        for (var tokenizer : Tokenizer.values()) {
            var held = only(text -> text.tokenizer() == tokenizer && text.heldOut());
            if (tokenizer != Tokenizer.OTHER && !held.isEmpty()) {
                assertThat(Math.abs(sumError(held))).as(tokenizer.name()).isLessThan(0.05);
            }
        }
    }

    @Test
    void theDocumentSaysWhatIsMeasured() throws IOException {
        var document = Files.readString(Path.of("../docs/estimates.md"));
        for (var tokenizer : Tokenizer.values()) {
            assertThat(document).contains(row(tokenizer));
        }
    }

    private static String row(Tokenizer tokenizer) {
        var all = only(text -> text.tokenizer() == tokenizer);
        var longer = errors(only(text -> text.tokenizer() == tokenizer && text.tokens() >= SHORT));
        var held = only(text -> text.tokenizer() == tokenizer && text.heldOut());
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %s | %s | %s |",
                tokenizer.text(),
                all.size(),
                all.stream().mapToLong(CountedText::tokens).sum(),
                percent(sumError(all)),
                held.isEmpty() ? "–" : percent(sumError(held)),
                longer.length == 0
                        ? "–"
                        : percent(Arrays.stream(longer).average().orElseThrow()),
                longer.length == 0 ? "–" : percent(quantile(longer)));
    }

    private static List<CountedText> only(Predicate<CountedText> wanted) {
        return texts.stream().filter(wanted).toList();
    }

    private static double[] errors(List<CountedText> of) {
        return of.stream().mapToDouble(CountedText::error).sorted().toArray();
    }

    /** Of ascending errors the one that nine of ten do not exceed. */
    private static double quantile(double[] errors) {
        return errors[(int) Math.ceil(0.9 * errors.length) - 1];
    }

    private static double sumError(List<CountedText> of) {
        var tokens = of.stream().mapToLong(CountedText::tokens).sum();
        return (of.stream().mapToLong(CountedText::estimated).sum() - tokens) / (double) tokens;
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }
}
