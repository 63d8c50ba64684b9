package dev.centime.ingest.exports.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A store that others wrote (S3Proxy, Apache License 2.0), over a directory, in a process of its own. */
final class S3ProxyProcess implements AutoCloseable {
    static final Credentials CREDENTIALS = new Credentials("proxy-key", "proxy-secret/+=");
    static final String BUCKET = "exports";

    /** Copied there by the module that is built before. */
    private static final Path LIBRARIES = Path.of("s3proxy", "target", "lib").toAbsolutePath();

    private static final Pattern LISTENS = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final Path data;
    private final int port;

    private S3ProxyProcess(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /** Returns when it listens. @param directory of its own */
    static S3ProxyProcess start(Path directory) throws IOException {
        var data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectory(data.resolve(BUCKET));
        var settings = Files.writeString(directory.resolve("s3proxy.conf"), """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(
                        CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey(), data));
        // Else it tells of every byte.
        var logging = Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%msg%n</pattern></encoder></appender>
                  <root level="info"><appender-ref ref="out"/></root>
                </configuration>
                """);
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        LIBRARIES + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true);
        // Names of objects are names of files here.
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        try {
            return new S3ProxyProcess(process, data, port(process));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process process) throws IOException {
        var said = new ArrayList<String>();
        // Whoever reads to the end of it would never return; whoever does not read on may hold it up, so the rest is
        // read elsewhere.
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            var listens = LISTENS.matcher(line);
            if (listens.find()) {
                Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
                return Integer.parseInt(listens.group(1));
            }
        }
        throw new IllegalStateException("it ended: " + said);
    }

    BucketAddress address() {
        return new BucketAddress(URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, true);
    }

    byte[] object(String key) throws IOException {
        return Files.readAllBytes(data.resolve(BUCKET).resolve(key));
    }

    /** Files of the bucket, whatever they are: objects and what is left of uploads. */
    List<Path> files() throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
