package io.parley.delivery;

import io.parley.access.Refusal;
import java.util.OptionalLong;

/**
 * A command with the number by which its reply is known. Immutable.
 *
 * @param id the client's own; without one it is told only of a failure
 */
public record Request(OptionalLong id, Command command) {

    /** A command whose reply nobody asked for. */
    public static Request of(Command command) {
        return new Request(OptionalLong.empty(), command);
    }

    /** Something that could not be understood. */
    public static Request invalid(OptionalLong id, Refusal refusal) {
        return new Request(id, new Command.Invalid(refusal));
    }
}
