package io.parley.room;

import java.util.concurrent.CompletableFuture;

/** A write that waits for its answer. Immutable, but for the promise. */
record PendingWrite(Write write, CompletableFuture<Written> promise) {
    private static final int FIXED_WEIGHT = 100;

    PendingWrite(Write write) {
        this(write, new CompletableFuture<>());
    }

    /** About how many bytes it adds to a group. */
    int weight() {
        return write instanceof Write.Append append
                ? FIXED_WEIGHT + append.content().text().length()
                : FIXED_WEIGHT;
    }

    /** What it must wait its turn with: its room, or all that concerns none. */
    Object lane() {
        return write instanceof Write.Append append ? append.room() : PendingWrite.class;
    }

    void refuse(Written.Reason reason) {
        promise.complete(new Written.Refused(reason));
    }
}
