package dev.centime.cli.imports;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files were imported to an address, by size and time of change. Only saves work: a file sent again records nothing twice, so a
 * memory that is lost costs a longer import.
 */
final class ImportedBefore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String address;
    private final Map<String, Map<String, String>> byAddress;

    private ImportedBefore(Path file, String address, Map<String, Map<String, String>> byAddress) {
        this.file = file;
        this.address = address;
        this.byAddress = byAddress;
    }

    static ImportedBefore read(Path file, String address) {
        Map<String, Map<String, String>> known = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                known = JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Map<String, String>>>() {});
            } catch (IOException e) {
                System.err.println("centime: " + file + " cannot be read, so everything is sent.");
            }
        }
        return new ImportedBefore(file, address, known);
    }

    boolean has(Path log) {
        return mark(log).equals(byAddress.getOrDefault(address, Map.of()).get(key(log)));
    }

    static Map<String, String> marks(List<Path> logs) {
        var marks = new TreeMap<String, String>();
        logs.forEach(log -> marks.put(key(log), mark(log)));
        return marks;
    }

    /** Made aside and moved in one step. */
    void remember(Map<String, String> marks) {
        var known = new TreeMap<>(byAddress.getOrDefault(address, Map.of()));
        known.putAll(marks);
        byAddress.put(address, known);
        try {
            Files.createDirectories(file.getParent());
            var aside = Files.createTempFile(file.getParent(), "imported", ".json");
            JSON.writeValue(aside.toFile(), byAddress);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Failure("It was imported, but " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static String key(Path log) {
        return log.toAbsolutePath().normalize().toString();
    }

    private static String mark(Path log) {
        try {
            return Files.size(log) + " " + Files.getLastModifiedTime(log).toMillis();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
