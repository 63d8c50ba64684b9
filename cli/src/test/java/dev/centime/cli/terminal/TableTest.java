package dev.centime.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void drawsABox_numbersToTheRight() {
        var table = Table.of("Provider", ">Cost").row("anthropic", "$654.32").row("ollama", "$4.37");

        assertThat(table.draw(Terminal.plain(80))).isEqualTo("""
                ┌───────────┬─────────┐
                │ Provider  │    Cost │
                ├───────────┼─────────┤
                │ anthropic │ $654.32 │
                │ ollama    │   $4.37 │
                └───────────┴─────────┘
                """);
    }

    @Test
    void cutsTheWidestColumn_whenTheTerminalIsNarrow() {
        var table = Table.of("Model", ">Cost").row("a-model-with-quite-a-long-name-2026-11-22", "$1.00");

        var lines = table.draw(Terminal.plain(40)).lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(40));
        assertThat(lines.get(3)).contains("…").contains("$1.00");
    }

    @Test
    void countsColumnsAsATerminalDoes() {
        var table = Table.of("Name").row("日本").row("e\u0301té").row("abcd");

        assertThat(table.draw(Terminal.plain(80)).lines().map(Width::of).distinct())
                .hasSize(1);
    }

    @Test
    void isHarmless_whateverACellHolds() {
        var drawn = Table.of("Model").row("gpt\033[2J\u0007\n\u202Eevil\u009B").draw(Terminal.plain(80));

        assertThat(drawn.replace("\n", "").codePoints().noneMatch(Character::isISOControl))
                .isTrue();
        assertThat(drawn).doesNotContain("\u202E").hasLineCount(5);
    }
}
