package dev.centime.cli.run;

import dev.centime.cli.run.Part.Standing;
import dev.centime.cli.terminal.Terminal;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Shows how far a start has come: one line a part that changes in place on a terminal, else a line at each change. */
final class Progress implements AutoCloseable {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    private final Supplier<InstanceState> state;
    private final PrintStream out;
    private final Terminal terminal;
    private final long started = System.currentTimeMillis();
    private final Map<String, Standing> shown = new HashMap<>();
    private final Thread painter;
    private int drawnLines;
    private int frame;

    Progress(Supplier<InstanceState> state, PrintStream out, Terminal terminal) {
        this.state = state;
        this.out = out;
        this.terminal = terminal;
        painter = Thread.ofVirtual().start(this::paint);
    }

    @Override
    public void close() {
        painter.interrupt();
        try {
            painter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        draw();
    }

    private void paint() {
        try {
            while (true) {
                draw();
                Thread.sleep(terminal.interactive() ? 100 : 200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized void draw() {
        var parts = state.get().parts();
        if (terminal.interactive()) {
            redraw(parts);
        } else {
            parts.forEach(this::tell);
        }
        out.flush();
    }

    private void tell(Part part) {
        if (part.standing() != Standing.WAITING && shown.put(part.name(), part.standing()) != part.standing()) {
            out.printf("%5.1f s  %-15s %s%n", (part.sinceMs() - started) / 1000.0, part.name(), words(part));
        }
    }

    private void redraw(Iterable<Part> parts) {
        var text = new StringBuilder();
        if (drawnLines > 0) {
            text.append("\033[").append(drawnLines).append('A');
        }
        drawnLines = 0;
        frame++;
        for (var part : parts) {
            text.append("\r\033[K ").append(symbol(part)).append(' ');
            text.append(String.format("%-15s ", part.name()));
            text.append(terminal.faint(words(part))).append('\n');
            drawnLines++;
        }
        out.print(text);
    }

    private String symbol(Part part) {
        return switch (part.standing()) {
            case READY, DONE -> terminal.green("✓");
            case FAILED -> terminal.red("✗");
            case WAITING, STOPPED -> terminal.faint("·");
            case STARTING, RESTARTING -> terminal.yellow(FRAMES[frame % FRAMES.length]);
        };
    }

    private String words(Part part) {
        var note = part.note() == null ? "" : " (" + part.note() + ")";
        return switch (part.standing()) {
            case READY -> part.port() == 0 ? "ready" : "ready on port " + part.port();
            case DONE -> "done";
            case WAITING -> "waiting";
            case STARTING -> "starting" + note;
            case RESTARTING -> "starting again" + note;
            case FAILED -> "failed" + note;
            case STOPPED -> "stopped";
        };
    }
}
