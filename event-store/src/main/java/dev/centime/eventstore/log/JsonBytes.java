package dev.centime.eventstore.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Looks through JSON for text that PostgreSQL would refuse as soon as somebody reads it into a column: a NUL, half a surrogate
 * pair (written out or escaped), bytes that are not UTF-8. One pass, without a copy; the grammar is its writer's business.
 */
final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private JsonBytes() {}

    /** What is wrong, or null. */
    static @Nullable String fault(byte[] json) {
        int i = 0;
        while (i < json.length) {
            i = afterPlain(json, i);
            if (i == json.length) {
                break;
            }
            int b = json[i];
            if (b == '\\') {
                int next = afterEscape(json, i);
                if (next < 0) {
                    return next == -1 ? "an escaped NUL character" : "half a surrogate pair";
                }
                i = next;
            } else if (b > 0) {
                i++;
            } else {
                int length = lengthOfUtf8(json, i);
                if (length == 0) {
                    return b == 0 ? "a NUL byte" : "bytes that are not UTF-8";
                }
                i += length;
            }
        }
        return json.length == 0 ? "nothing" : null;
    }

    /**
     * Where plain text ends: the first place from here on at which one of the next eight bytes is a backslash, a zero or beyond
     * ASCII. Eight at a time, since nearly all bytes of nearly all events are plain.
     */
    private static int afterPlain(byte[] json, int from) {
        int i = from;
        while (i + Long.BYTES <= json.length) {
            long eight = (long) LONGS.get(json, i);
            long slashes = eight ^ BACKSLASHES;
            // The well-known test for a zero byte among eight, once for zeros and once for backslashes.
            long odd = (eight - ONES & ~eight | slashes - ONES & ~slashes | eight) & HIGH_BITS;
            if (odd != 0) {
                return i;
            }
            i += Long.BYTES;
        }
        return i;
    }

    /** Where an escape ends; -1 for a NUL, -2 for half a pair. What is no escape at all passes: it is not text either. */
    private static int afterEscape(byte[] json, int at) {
        int code = codeUnit(json, at);
        if (code < 0) {
            return at + 2;
        }
        if (code == 0) {
            return -1;
        }
        if (code < 0xd800 || code > 0xdfff) {
            return at + 6;
        }
        int low = codeUnit(json, at + 6);
        return code < 0xdc00 && low >= 0xdc00 && low <= 0xdfff ? at + 12 : -2;
    }

    /** The four hexadecimal digits of a {@code \}{@code u} escape, -1 when there is none here. */
    private static int codeUnit(byte[] json, int at) {
        if (at + 6 > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    /** Bytes of the well-formed sequence beyond ASCII that begins here, 0 when there is none (Unicode table 3-7). */
    private static int lengthOfUtf8(byte[] json, int at) {
        int lead = json[at] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return tail(json, at + 1, 0x80, 0xbf) ? 2 : 0;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            int least = lead == 0xe0 ? 0xa0 : 0x80;
            int most = lead == 0xed ? 0x9f : 0xbf;
            return tail(json, at + 1, least, most) && tail(json, at + 2, 0x80, 0xbf) ? 3 : 0;
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            int least = lead == 0xf0 ? 0x90 : 0x80;
            int most = lead == 0xf4 ? 0x8f : 0xbf;
            return tail(json, at + 1, least, most) && tail(json, at + 2, 0x80, 0xbf) && tail(json, at + 3, 0x80, 0xbf)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean tail(byte[] json, int at, int least, int most) {
        return at < json.length && (json[at] & 0xff) >= least && (json[at] & 0xff) <= most;
    }
}
