package dev.centime.budget;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged meanwhile, however minute, but by a server that belongs to the test. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final String server;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param server the beginning of its loggers' names */
    public LogLines(String server) {
        this.server = server;
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
        root.addHandler(this);
        root.setLevel(Level.ALL);
    }

    public List<String> all() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        if (!String.valueOf(line.getLoggerName()).startsWith(server)) {
            lines.add(getFormatter().format(line));
        }
    }

    @Override
    public void flush() {
        // Nothing waits in it.
    }

    @Override
    public void close() {
        root.removeHandler(this);
        root.setLevel(before);
    }
}
