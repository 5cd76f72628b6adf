package io.parley.cli;

import java.util.List;
import java.util.function.Consumer;

/** A command that the running server carries out. Thread-safe. */
public interface ServerCommand {

    /** Its name on the command line. */
    String name();

    /**
     * Does it. May block.
     *
     * @param arguments as many as its usage has
     * @param out takes lines for the operator
     * @throws CommandFailure when it could not be done
     */
    void run(List<String> arguments, Consumer<String> out) throws InterruptedException;
}
