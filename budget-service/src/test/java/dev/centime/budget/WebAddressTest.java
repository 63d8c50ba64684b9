package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "example.com",
                "https://",
                "http://127.1/",
                "https://user:password@example.com/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://exa mple.com/",
                "javascript:alert(1)"
            })
    void isNone(String text) {
        assertThat(WebAddress.isOne(text)).isFalse();
    }

    @Test
    void showsNoMoreThanTheHost() {
        assertThat(WebAddress.isOne("https://example.com:8443/hooks/x?token=y")).isTrue();
        assertThat(WebAddress.shown("https://example.com:8443/hooks/x?token=y"))
                .isEqualTo("https://example.com:8443/…");
        assertThat(WebAddress.shown("https://example.com/?token=y")).isEqualTo("https://example.com/…");
        assertThat(WebAddress.shown("https://example.com")).isEqualTo("https://example.com/");
    }
}
