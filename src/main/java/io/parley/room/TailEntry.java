package io.parley.room;

import org.jspecify.annotations.Nullable;

/**
 * An entry in memory, with the forms that subprotocols have made of it. Thread-safe.
 *
 * <p>Two threads that want a form at the same time may both make it; the bytes are equal and one of them is kept.
 */
public final class TailEntry {
    private final RoomName room;
    private final Entry entry;
    private volatile @Nullable Form forms;

    TailEntry(RoomName room, Entry entry) {
        this.room = room;
        this.entry = entry;
    }

    public Entry entry() {
        return entry;
    }

    /** The entry's bytes; shared, not to be changed. */
    public byte[] bytes(EntryEncoding encoding) {
        for (Form form = forms; form != null; form = form.next) {
            if (form.encoding == encoding) {
                return form.bytes;
            }
        }
        byte[] made = encoding.encode(room, entry);
        forms = new Form(encoding, made, forms);
        return made;
    }

    /** Immutable, but for who may reach the array. */
    private static final class Form {
        final EntryEncoding encoding;
        final byte[] bytes;
        final @Nullable Form next;

        Form(EntryEncoding encoding, byte[] bytes, @Nullable Form next) {
            this.encoding = encoding;
            this.bytes = bytes;
            this.next = next;
        }
    }
}
