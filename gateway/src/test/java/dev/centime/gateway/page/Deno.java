package dev.centime.gateway.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** The TypeScript runtime that the web bundler brings as a Maven artifact, one for each platform. */
record Deno(Path executable) {

    private static final List<String> PLATFORMS =
            List.of("linux-x64-glibc", "linux-arm64-glibc", "darwin-arm64", "darwin-x64", "win32-x64", "win32-arm64");

    record Run(int exitCode, String output) {}

    /** Unpacks the executable once; 110 MB are not worth writing for each run. */
    static Deno unpackedTo(Path folder) {
        try {
            var resource = resource();
            var executable = folder.resolve(resource.substring(resource.indexOf("_static/") + "_static/".length())
                    .replace('/', '-'));
            if (!Files.isExecutable(executable)) unpack(resource, executable);
            return new Deno(executable.toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Maven puts the artifact of this machine's platform on the class path; its coordinates say where the file is. */
    private static String resource() throws IOException {
        for (var platform : PLATFORMS) {
            var coordinates = "/META-INF/maven/org.mvnpm.at.deno/" + platform + "/pom.properties";
            try (var found = Deno.class.getResourceAsStream(coordinates)) {
                if (found == null) continue;
                var properties = new Properties();
                properties.load(found);
                var name = platform.startsWith("win32") ? "deno.exe" : "deno";
                return "/META-INF/resources/_static/%s/%s/%s".formatted(platform, properties.get("version"), name);
            }
        }
        throw new IOException("no Deno for this platform on the class path");
    }

    /** By way of a temporary file, so that a build cut short leaves no half of an executable. */
    private static void unpack(String resource, Path executable) throws IOException {
        Files.createDirectories(executable.getParent());
        var partial = Files.createTempFile(executable.getParent(), "deno", ".part");
        try (var packed = Objects.requireNonNull(Deno.class.getResourceAsStream(resource), resource)) {
            Files.copy(packed, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!partial.toFile().setExecutable(true)) throw new IOException("cannot make executable: " + partial);
        Files.move(partial, executable, StandardCopyOption.ATOMIC_MOVE);
    }

    Run run(Object... arguments) {
        var command = Stream.concat(Stream.of(executable), Arrays.stream(arguments))
                .map(Object::toString)
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
        builder.environment().put("DENO_DIR", executable.resolveSibling("cache").toString());
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }
}
