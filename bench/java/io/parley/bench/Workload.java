package io.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/** One thing that is measured. Immutable. */
sealed interface Workload {
    /** How it is called in the results. */
    String name();

    /** One sentence for the table. */
    String meaning();

    /** Whether it is one that this server can be put to. */
    default boolean suits(Kind kind) {
        return kind != Kind.EMPTY;
    }

    /** What a server that runs is put to; the next one may be put to the same. */
    non-sealed interface OnServer extends Workload {
        /** Whether it wants a server that has worked for a while; otherwise, one that is fresh. */
        default boolean wantsWarmServer() {
            return true;
        }

        /** Whether the server may use every core: for what no peer does, so that what counts is what the machine can do. */
        default boolean wantsEveryCore() {
            return false;
        }

        /**
         * Measures a server that runs.
         *
         * @param figures takes what was measured, under its name, with its unit
         * @throws Broken when something was lost, doubled, out of order, refused, or took too long
         */
        void measure(Server server, Timing timing, ObjDoubleConsumer<String> figures) throws IOException;
    }

    /** What starts and ends its own processes, with every core. */
    non-sealed interface Alone extends Workload {
        /**
         * Measures a server, or a part of one, from its start on.
         *
         * @param folder for its files; it does not exist yet, and is deleted afterwards
         * @param figures takes what was measured, under its name, with its unit
         * @throws Broken when something went wrong, or took too long
         */
        void measure(Kind kind, Path folder, Timing timing, ObjDoubleConsumer<String> figures)
                throws IOException, InterruptedException;
    }

    /**
     * How long, and how much. Immutable.
     *
     * @param pairs how often a control and its opposite alternate
     * @param storeRows for the store alone
     */
    record Timing(Duration warmUp, Duration window, int pairs, int storeRows) {}
}
