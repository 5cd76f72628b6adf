package io.parley.room;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A write that waits for its answer, and is like no other. Immutable, but for the promise. */
record PendingWrite(Write write, CompletableFuture<Written> promise) {
    private static final int FIXED_WEIGHT = 100;

    PendingWrite(Write write) {
        this(write, new CompletableFuture<>());
    }

    /** About how many bytes it adds to a group. */
    int weight() {
        if (write instanceof Write.Append append) {
            return FIXED_WEIGHT + append.content().weight() / 2;
        }
        return FIXED_WEIGHT
                + (write instanceof Write.Amend amend ? amend.amendment().weight() : 0);
    }

    /** What it must wait its turn with: its room, or all that concerns none. */
    Object lane() {
        if (write instanceof Write.Append append) {
            return append.room();
        }
        return write instanceof Write.Amend amend ? amend.room() : PendingWrite.class;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    void refuse(Written.Reason reason) {
        promise.complete(new Written.Refused(reason));
    }
}
