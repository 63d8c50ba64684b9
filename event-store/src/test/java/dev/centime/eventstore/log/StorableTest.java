package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"x\\\\\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800\\u0041\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                ""
            })
    void refusesJson_thatWouldFailWhoeverReadsIt(String json) {
        assertThat(JsonBytes.fault(json.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"\\\\u0000\"}",
                "{\"a\":\"\\ud83d\\ude00 \\u0001 \\n\"}",
                "{\"a\":\"\u20ac\ud83d\ude00\u00e9\u07ff\uffff\"}",
                "\"\\\\\""
            })
    void takesJson_thatOnlyLooksOdd(String json) {
        assertThat(JsonBytes.fault(json.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void refusesBytes_thatAreNotUtf8() {
        assertThat(JsonBytes.fault(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}))
                .isNotNull();
        assertThat(JsonBytes.fault(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isNotNull();
        assertThat(JsonBytes.fault(new byte[] {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'}))
                .isNotNull();
        assertThat(JsonBytes.fault(new byte[] {'"', (byte) 0xe2, (byte) 0x82})).isNotNull();
        assertThat(JsonBytes.fault(new byte[] {'"', 0, '"'})).isNotNull();
    }

    @Test
    void refusesTextThatPostgresqlWouldRefuse_inEveryField() {
        refused("o\u0000", event("1"));
        refused("o", event("\ud800"));
        refused("o", event("1", "ty\u0000pe", "{}"));
        refused("o", event("1", new Tag("k", "\udc00")));
        refused("o", event("1", new Tag("k=", "v")));
        refused("o", withMetadata(Map.of("actor", "\u0000")));
        refused("o", withMetadata(Map.of("\ud800", "x")));
    }

    @Test
    void refusesWhatIsTooLarge_orEmpty() {
        refused("", event("1"));
        refused("x".repeat(129), event("1"));
        refused("\u20ac".repeat(43), event("1"));
        refused("o", event(""));
        refused("o", event("x".repeat(257)));
        refused("o", event("1", "t", "\"" + "x".repeat(1 << 20) + "\""));
        refused("o", event("1", new Tag("k", "x".repeat(1_023))));
        refused("o", withMetadata(Map.of("actor", "x".repeat(20_000))));
        assertThatThrownBy(() -> Storable.check("o", Collections.nCopies(EventLog.MAX_APPEND + 1, event("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesWhatIsJustAllowed() {
        assertThatCode(() -> Storable.check(
                        "x".repeat(128),
                        List.of(
                                event("x".repeat(256), new Tag("k", "x".repeat(1_022))),
                                event("\ud83d\ude00", new Tag("k", "a=b")))))
                .doesNotThrowAnyException();
    }

    private static NewEvent withMetadata(Map<String, String> metadata) {
        return new NewEvent("1", "t", 1, Instant.EPOCH, new byte[] {'1'}, metadata, Set.of());
    }

    private static void refused(String organization, NewEvent event) {
        assertThatThrownBy(() -> Storable.check(organization, List.of(event)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
