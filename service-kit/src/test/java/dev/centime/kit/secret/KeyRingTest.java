package dev.centime.kit.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final String OLD = "old:" + key();
    private static final String NEW = "new:" + key();
    private static final String PLACE = "org/row";
    private static final String TEXT = "https://hooks.slack.com/services/T/B/ü";

    @Test
    void opensWhatItSealed_andNobodyReadsItMeanwhile() {
        var ring = new KeyRing(List.of("# of November", "", NEW));
        var sealed = ring.seal(PLACE, TEXT);
        assertThat(sealed.keyId()).isEqualTo("new");
        assertThat(new String(sealed.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("slack");
        assertThat(ring.open(PLACE, sealed)).isEqualTo(TEXT);
        assertThat(ring.seal(PLACE, TEXT).bytes()).isNotEqualTo(sealed.bytes());
    }

    @Test
    void anOlderKeyStillOpens_theFirstSeals() {
        var sealed = new KeyRing(List.of(OLD)).seal(PLACE, TEXT);
        var both = new KeyRing(List.of(NEW, OLD));
        assertThat(both.open(PLACE, sealed)).isEqualTo(TEXT);
        assertThat(both.sealingKey()).isEqualTo("new");
    }

    @Test
    void opensNothingForAnotherPlace_norTampered_norWithoutTheKey() {
        var ring = new KeyRing(List.of(NEW));
        var sealed = ring.seal(PLACE, TEXT);
        assertThatIllegalStateException().isThrownBy(() -> ring.open("other/row", sealed));
        var changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> ring.open(PLACE, new Sealed("new", changed)));
        assertThatIllegalStateException().isThrownBy(() -> new KeyRing(List.of(OLD)).open(PLACE, sealed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "id:", "id:c2hvcnQ=", "id:###", ":AAAA"})
    void refusesALineThatIsNoKey_withoutRepeatingIt(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyRing(List.of(line)))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("c2hvcnQ="));
    }

    private static String key() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
