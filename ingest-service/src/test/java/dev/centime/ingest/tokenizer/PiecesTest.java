package dev.centime.ingest.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static final List<Encoding> ENCODINGS = List.of(
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE),
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE));

    @Property(tries = 200)
    void piecesOfWords_haveTheTokensOfTheWhole(@ForAll("prose") String text) {
        var pieces = new Pieces(text);
        var count = new long[ENCODINGS.size()];
        var whole = new StringBuilder();
        for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
            whole.append(piece);
            for (int i = 0; i < count.length; i++) {
                count[i] += ENCODINGS.get(i).countTokensOrdinary(piece);
            }
        }

        assertThat(whole).hasToString(text);
        assertThat(pieces.torn()).isFalse();
        for (int i = 0; i < count.length; i++) {
            assertThat(count[i]).isEqualTo(ENCODINGS.get(i).countTokensOrdinary(text));
        }
    }

    /** Words of every kind with what may stand between them, long enough for several pieces. */
    @Provide
    Arbitrary<String> prose() {
        var words = Arbitraries.of(
                "word", "Don't", "3.14159", "x", "naïve", "漢字", "été", "😀", "/path/", "{}", ");", "...", "\u00a0",
                "'s", "1000000");
        var between = Arbitraries.of(" ", " ", " ", "  ", "\n", "\n\n", ", ", "\t", " \n", ".\n", "");
        return words.flatMap(word -> between.map(space -> word + space))
                .list()
                .ofMinSize(800)
                .ofMaxSize(2000)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", " ", "\n", "!", "0", "aB", "漢", "\ud83d\ude00", "\ud800", "e\u0301"})
    void aMegabyteOfOneThing_isCountedBeforeAnybodyGivesUp(String thing) {
        var text = thing.repeat(1_000_000 / thing.length());
        var pieces = new Pieces(text);
        var tokens = new long[1];
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                assertThat(piece.length()).isLessThan(5000);
                tokens[0] += ENCODINGS.getFirst().countTokensOrdinary(piece);
            }
        });
        assertThat(pieces.torn()).isTrue();
        // A cut adds a token at most, and comes every 400 characters.
        var sample = ENCODINGS.getFirst().countTokensOrdinary(thing.repeat(4000 / thing.length()));
        assertThat((double) tokens[0]).isCloseTo(250.0 * sample, within(2600.0));
    }

    @Test
    void nothing_isNoPiece() {
        assertThat(new Pieces("").next()).isNull();
    }
}
