package dev.centime.cli.demo;

import dev.centime.cli.run.DataDirectory;
import dev.centime.cli.terminal.Terminal;
import java.io.PrintStream;

/** To be. */
public final class Demo {
    public Demo(String address, DataDirectory directory) {}

    public void load(PrintStream out, Terminal terminal) {}
}
