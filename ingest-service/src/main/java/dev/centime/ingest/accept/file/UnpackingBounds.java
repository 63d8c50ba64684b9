package dev.centime.ingest.accept.file;

/**
 * How much a packed file may become.
 *
 * @param files in an archive
 * @param bytes of all of them, unpacked
 * @param ratio of unpacked to packed bytes; a session log packs to a twentieth, a bomb to a thousandth
 */
public record UnpackingBounds(int files, long bytes, int ratio) {
    /** Nothing is large before this, whatever its ratio. */
    private static final long SMALL_BYTES = 16L << 20;

    /** @throws UnreadableFile when it has become too much */
    void check(long packed, long unpacked) throws UnreadableFile {
        if (unpacked > bytes) {
            throw new UnreadableFile("unpacks to more than " + (bytes >> 20) + " MB");
        }
        if (unpacked > SMALL_BYTES && unpacked / ratio > packed) {
            throw new UnreadableFile("unpacks to more than " + ratio + " times its size");
        }
    }
}
