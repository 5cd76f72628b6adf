package io.parley.delivery;

import org.jspecify.annotations.Nullable;

/** A line that waits to be written. Immutable. */
final class Line {
    final byte[] utf8;

    /** Run when it leaves the queue; null for a line that nobody waits for. */
    final @Nullable Runnable left;

    Line(byte[] utf8, @Nullable Runnable left) {
        this.utf8 = utf8;
        this.left = left;
    }
}
