package io.parley.http;

import java.util.List;

/** Which container this runs in, for the few things that they do not all do as the specification has it. Stateless. */
public final class Containers {
    private static final List<String> LIBERTY = List.of("com.ibm.", "io.openliberty.");

    private Containers() {}

    /** Whether one of the container's own objects is Open Liberty's. */
    public static boolean isLibertys(Object own) {
        return LIBERTY.stream().anyMatch(own.getClass().getName()::startsWith);
    }
}
