package io.parley.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The one order of a room's messages, against which each reader's is held byte by byte. Confined to the generator's thread.
 *
 * <p>Whoever is shown a message first has it checked and added here; all others must be shown the same bytes at the same place. So a gap, a
 * double, another order or a changed byte is found in any stream, and the usual case costs one comparison of memory, however many messages
 * were joined.
 */
final class RoomStream {
    private static final byte NEWLINE = '\n';

    /** Where a reader is. Confined to the generator's thread. */
    static final class Cursor {
        private long offset;
        private long index;

        /** How many messages they were shown. */
        long index() {
            return index;
        }
    }

    private final Authors authors;
    private final Tally tally;
    private final int mostBytes;
    private final int mask;
    private final long[] ends;
    private final long[] due;
    private final int[] readersAt;
    private ByteBuffer bytes;
    private ByteBuffer view;
    private long base;
    private long count;
    private long seenByAll;

    /**
     * @param mostBehind messages that the slowest reader may be behind: a power of two
     * @param mostBytes the same in bytes
     */
    RoomStream(Authors authors, Tally tally, int mostBehind, int mostBytes) {
        this.authors = authors;
        this.tally = tally;
        this.mostBytes = mostBytes;
        this.mask = mostBehind - 1;
        this.ends = new long[mostBehind];
        this.due = new long[mostBehind];
        this.readersAt = new int[mostBehind];
        this.bytes = ByteBuffer.allocateDirect(Math.min(mostBytes, 4 * 1024));
        this.view = bytes.duplicate();
    }

    /** A reader who is shown everything from now on. */
    Cursor reader() {
        if (count != 0) {
            throw new IllegalStateException("a reader who comes late");
        }
        readersAt[0]++;
        return new Cursor();
    }

    /** How many messages the room has shown. */
    long count() {
        return count;
    }

    /**
     * Takes whole messages, joined by newlines, if all of them are already known and as they should be.
     *
     * @return false when they must be looked at one by one; then nothing was taken
     */
    boolean takeKnown(Cursor reader, ByteBuffer joined, long now) {
        int length = joined.remaining();
        int at = (int) (reader.offset - base);
        if (length + 1 > bytes.position() - at || bytes.get(at + length) != NEWLINE) {
            return false;
        }
        view.limit(at + length).position(at);
        if (view.mismatch(joined) >= 0) {
            return false;
        }
        advance(reader, reader.offset + length + 1, now);
        return true;
    }

    /** Takes one message: the next that this reader was to be shown. */
    void take(Cursor reader, byte[] line, long now) {
        if (reader.index == count) {
            add(line);
        } else if (!isAt(reader, line)) {
            throw new Broken(
                    "a reader was shown something else than others were: message %d of the room was to be «%s», not «%s»"
                            .formatted(reader.index, expected(reader), new String(line, StandardCharsets.UTF_8)));
        }
        advance(reader, reader.offset + line.length + 1, now);
    }

    private boolean isAt(Cursor reader, byte[] line) {
        int at = (int) (reader.offset - base);
        if (reader.offset + line.length + 1 != ends[(int) reader.index & mask]) {
            return false;
        }
        view.limit(at + line.length).position(at);
        return view.mismatch(ByteBuffer.wrap(line)) < 0;
    }

    private String expected(Cursor reader) {
        byte[] line = new byte[(int) (ends[(int) reader.index & mask] - reader.offset - 1)];
        bytes.get((int) (reader.offset - base), line);
        return new String(line, StandardCharsets.UTF_8);
    }

    private void add(byte[] line) {
        long dueNanos = authors.show(line);
        if (count - seenByAll >= mask) {
            throw new Broken("a reader is more than " + mask + " messages behind");
        }
        makeRoom(line.length + 1);
        bytes.put(line).put(NEWLINE);
        int slot = (int) count & mask;
        ends[slot] = base + bytes.position();
        due[slot] = dueNanos;
        count++;
    }

    private void advance(Cursor reader, long offset, long now) {
        int before = (int) reader.index & mask;
        long index = reader.index;
        long reached;
        do {
            int slot = (int) index & mask;
            reached = ends[slot];
            tally.delivered.record(now - due[slot]);
            index++;
        } while (reached < offset);
        if (reached != offset) {
            throw new Broken("a frame that ends within a message");
        }
        tally.deliveries += index - reader.index;
        reader.index = index;
        reader.offset = offset;
        readersAt[before]--;
        readersAt[(int) index & mask]++;
        while (seenByAll < count && readersAt[(int) seenByAll & mask] == 0) {
            tally.seenByAll.record(now - due[(int) seenByAll & mask]);
            tally.complete++;
            seenByAll++;
        }
    }

    private void makeRoom(int more) {
        if (bytes.remaining() >= more) {
            return;
        }
        long keep = seenByAll == 0 ? 0 : ends[(int) (seenByAll - 1) & mask];
        bytes.flip().position((int) (keep - base));
        int needed = bytes.remaining() + more;
        if (needed > bytes.capacity() / 2) {
            int larger = Math.max(2 * bytes.capacity(), needed);
            if (larger > mostBytes) {
                throw new Broken("a reader is more than " + mostBytes + " bytes behind");
            }
            ByteBuffer grown = ByteBuffer.allocateDirect(larger).put(bytes);
            bytes = grown;
        } else {
            bytes.compact();
        }
        view = bytes.duplicate();
        base = keep;
    }
}
