package io.parley.http;

/** Which container this runs in, for the few things that they do not all do as the specification has it. Stateless. */
public final class Containers {
    private static final String LIBERTY = "com.ibm.";

    private Containers() {}

    /** Whether one of the container's own objects is Open Liberty's. */
    public static boolean isLibertys(Object own) {
        return own.getClass().getName().startsWith(LIBERTY);
    }
}
