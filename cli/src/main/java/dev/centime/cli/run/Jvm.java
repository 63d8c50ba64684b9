package dev.centime.cli.run;

import java.nio.file.Path;

/** The Java that runs this command runs the services too. */
final class Jvm {
    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
