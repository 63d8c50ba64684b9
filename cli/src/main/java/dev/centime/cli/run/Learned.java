package dev.centime.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a JVM learned of a program in a run after its build (JEP 483, 514, 515): a file beside the program, which later starts use
 * (decision 0062). A JVM that finds it made of other jars or another JVM starts without it.
 *
 * @param program the jar whose build makes what was learned before worthless
 */
record Learned(Path program) {

    /** For a start: with what was learned, where it is of the present build. */
    List<String> use() {
        return isCurrent() ? List.of("-XX:AOTCache=" + cache()) : List.of();
    }

    /** For a run to learn from: the JVM writes when it ends, which takes it some seconds. */
    List<String> write() {
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    /** Keeps what such a run has written. @return whether it wrote anything */
    boolean keep() throws IOException {
        if (!Files.exists(draft())) {
            return false;
        }
        Files.move(draft(), cache(), StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    boolean isCurrent() {
        try {
            return Files.exists(cache())
                    && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(program)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path cache() {
        return program.resolveSibling("app.aot");
    }

    private Path draft() {
        return program.resolveSibling("app.aot.new");
    }
}
