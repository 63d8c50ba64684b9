package dev.centime.ingest.accept.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was sent: read as it is, unpacked, or as each of the files in it. What it is packed with is seen from its first bytes.
 * Names within an archive serve people and guesses; nothing is ever written under them.
 */
public final class UploadedFile {
    private static final int MAX_NAME_LENGTH = 300;

    private final @Nullable FileFormat format;
    private final Map<String, String> columns;
    private final UnpackingBounds bounds;
    private final Instant now;
    private final Receiver receiver;
    private final Map<FileFormat, FileReader> readers = new EnumMap<>(FileFormat.class);
    private CountedStream packed = new CountedStream(InputStream.nullInputStream(), count -> {});
    private long unpackedBefore;

    private UploadedFile(
            @Nullable FileFormat format,
            Map<String, String> columns,
            UnpackingBounds bounds,
            Instant now,
            Receiver receiver) {
        this.format = format;
        this.columns = columns;
        this.bounds = bounds;
        this.now = now;
        this.receiver = receiver;
    }

    /** Takes what is in the files. */
    public interface Receiver {
        /** The rows of one of them. @param entry its name within an archive, null for a file by itself */
        Rows opened(@Nullable String entry, FileFormat format);

        /** One within an archive that tells of nothing that is known. */
        void unknown(String entry, String reason);
    }

    /**
     * Reads everything.
     *
     * @param name as its sender calls it
     * @param format of every file in it; null to guess each
     * @param columns fields by column of a table
     * @param now the moment of receipt
     * @throws UnreadableFile when it cannot be unpacked, becomes too much, or is of no known format
     */
    public static void read(
            String name,
            InputStream content,
            @Nullable FileFormat format,
            Map<String, String> columns,
            UnpackingBounds bounds,
            Instant now,
            Receiver receiver)
            throws IOException {
        for (var field : columns.values()) {
            if (!Columns.isField(field)) {
                throw new UnreadableFile("mapping", "names " + field + ", which is no field of a record");
            }
        }
        new UploadedFile(format, columns, bounds, now, receiver).read(name, content);
    }

    private void read(String name, InputStream content) throws IOException {
        packed = new CountedStream(content, count -> {});
        var in = new BufferedInputStream(packed, 1 << 16);
        try {
            switch (packedWith(in)) {
                case GZIP -> one(name.replaceFirst("(?i)\\.gz$", ""), unpacked(new GZIPInputStream(in, 1 << 16)));
                case ZIP -> archive(new ZipInputStream(in));
                case NOTHING -> one(name, in);
            }
            readers.values().forEach(FileReader::end);
        } catch (ZipException | java.io.EOFException e) {
            throw new UnreadableFile("is packed, and broken or cut off");
        } catch (PassedOn.Failed e) {
            throw e.reason();
        }
    }

    private enum Packing {
        NOTHING,
        GZIP,
        ZIP
    }

    private static Packing packedWith(InputStream in) throws IOException {
        in.mark(4);
        var magic = in.readNBytes(4);
        in.reset();
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return Packing.GZIP;
        }
        var zip = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && (magic[2] == 3 || magic[2] == 5);
        return zip ? Packing.ZIP : Packing.NOTHING;
    }

    private InputStream unpacked(InputStream in) {
        var before = unpackedBefore;
        return new CountedStream(in, count -> {
            unpackedBefore = before + count;
            bounds.check(packed.count(), before + count);
        });
    }

    private void one(String name, InputStream content) throws IOException {
        var in = new BufferedInputStream(content, GuessedFormat.LOOKED_AT);
        var guessed = format == null ? guessed(name, in) : format;
        if (guessed == null) {
            throw new UnreadableFile(
                    "format", "is required: the file looks like none of " + String.join(", ", FileFormat.names()));
        }
        read(name, null, guessed, in);
    }

    private void archive(ZipInputStream zip) throws IOException {
        var files = 0;
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var name = cleaned(entry.getName());
            if (entry.isDirectory() || hidden(name)) {
                continue;
            }
            if (++files > bounds.files()) {
                throw new UnreadableFile("holds more than " + bounds.files() + " files");
            }
            var content = new BufferedInputStream(unpacked(zip), GuessedFormat.LOOKED_AT);
            entry(name, content);
            // What nobody read is unpacked all the same, to get to the next one, and counts.
            content.transferTo(OutputStream.nullOutputStream());
        }
        if (files == 0) {
            throw new UnreadableFile("is an archive without files");
        }
    }

    private void entry(String name, BufferedInputStream in) throws IOException {
        switch (packedWith(in)) {
            case ZIP -> receiver.unknown(name, "is an archive within an archive");
            case GZIP -> {
                var inner = new BufferedInputStream(unpacked(new GZIPInputStream(in)), GuessedFormat.LOOKED_AT);
                entryOf(name.replaceFirst("(?i)\\.gz$", ""), inner);
            }
            case NOTHING -> entryOf(name, in);
        }
    }

    private void entryOf(String name, BufferedInputStream in) throws IOException {
        var guessed = format == null ? guessed(name, in) : format;
        if (guessed == null) {
            receiver.unknown(name, "its format is none that is known");
        } else {
            read(name, name, guessed, in);
        }
    }

    private void read(String name, @Nullable String entry, FileFormat as, InputStream in) throws IOException {
        readers.computeIfAbsent(as, Readers::of)
                .read(new FileContent(name, in, columns, now), new PassedOn(receiver.opened(entry, as)));
    }

    private static @Nullable FileFormat guessed(String name, BufferedInputStream in) throws IOException {
        in.mark(GuessedFormat.LOOKED_AT);
        var beginning = in.readNBytes(GuessedFormat.LOOKED_AT - 1);
        in.reset();
        return GuessedFormat.of(name, beginning).orElse(null);
    }

    /** What systems put beside files of their own accord. */
    private static boolean hidden(String name) {
        var simple = name.substring(name.lastIndexOf('/') + 1);
        return simple.startsWith(".") || name.toLowerCase(Locale.ROOT).startsWith("__macosx/");
    }

    private static String cleaned(String name) {
        var readable = name.replaceAll("\\p{Cntrl}", " ");
        return readable.length() <= MAX_NAME_LENGTH
                ? readable
                : readable.substring(readable.length() - MAX_NAME_LENGTH);
    }
}
