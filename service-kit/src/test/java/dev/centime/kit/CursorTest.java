package dev.centime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void givesBackItsKeys_toTheSameQuery() {
        var keys = List.of("2026-11-22", "", "gr\u00fc\u00dfe \u4f60\u597d", "a\nb");
        assertThat(Cursor.decode("q", Cursor.encode("q", keys))).isEqualTo(keys);
    }

    @Test
    void isRefused_byAnotherQuery() {
        var cursor = Cursor.encode("default /costs {}", List.of("a"));
        assertThatThrownBy(() -> Cursor.decode("other /costs {}", cursor)).isInstanceOf(Problem.class);
    }

    @Test
    void isRefused_whereverItWasEdited() {
        var cursor = Cursor.encode("q", List.of("abc", "def"));
        for (var i = 0; i < cursor.length(); i++) {
            var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            var edited = cursor.substring(0, i) + other + cursor.substring(i + 1);
            // The last character may hold bits that no byte uses; then the cursor is the same.
            assertThat(outcome(edited)).isIn("refused", List.of("abc", "def").toString());
        }
        assertThat(outcome(cursor + "A")).isEqualTo("refused");
        assertThat(outcome(cursor.substring(1))).isEqualTo("refused");
    }

    @Test
    void isRefused_whenItWasMadeUpByTheSameRule() throws Exception {
        for (var body : List.of(
                new byte[] {0, 0, 0, 9, 'a'}, new byte[] {-1, -1, -1, -1}, new byte[] {0}, new byte[] {0, 0, 0, 1, 0
                })) {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("q".getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            var whole = ByteBuffer.allocate(12 + body.length)
                    .put(digest.digest(body), 0, 12)
                    .put(body);
            assertThat(outcome(Base64.getUrlEncoder().encodeToString(whole.array())))
                    .isEqualTo("refused");
        }
    }

    private static String outcome(String cursor) {
        try {
            return Cursor.decode("q", cursor).toString();
        } catch (Problem refused) {
            return refused.status() == 400 ? "refused" : "answered " + refused.status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "!!!!", "////", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void isRefused_whenItNeverWasOne(String text) {
        assertThat(outcome(text)).isEqualTo("refused");
    }
}
