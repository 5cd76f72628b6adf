package io.parley.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every setting there is: from it come the checks at start, {@code --help} and the documentation. Immutable.
 *
 * <p>A setting of {@link Limits} is named by its component, and has its preset from {@link Limits#defaults()}.
 */
public final class SettingsTable {

    /** What the names of the limits begin with. */
    static final String LIMITS = "parley.limits.";

    static final Setting<String> HOST = new Setting<>(
            "parley.host",
            new Kind.Address(),
            "127.0.0.1",
            "Address to listen on, and no other; 0.0.0.0 is all of them");
    static final Setting<Integer> PORT = new Setting<>(
            "parley.port", new Kind.Whole(0, 65_535, ""), "8080", "Port to listen on; 0 picks a free one");
    static final Setting<Path> DATA = new Setting<>(
            "parley.data", new Kind.Folder(), "~/.parley", "Folder of the data, and of parley.properties");
    static final Setting<Boolean> GUESTS =
            new Setting<>("parley.guests", new Kind.Flag(), "true", "Whether somebody without an account may talk");
    static final Setting<Set<String>> ORIGINS = new Setting<>(
            "parley.origins",
            new Kind.Words(
                    Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s/?#@,]+"),
                    "origins such as https://example.org, without a path"),
            "",
            "Foreign origins whose pages may connect");
    static final Setting<Set<String>> HOSTS = new Setting<>(
            "parley.hosts",
            new Kind.Words(
                    Pattern.compile("[a-z0-9._-]+(:\\d{1,5})?|\\[[0-9a-f:.]+](:\\d{1,5})?"),
                    "host names such as chat.example.org"),
            "",
            "Names by which the server may be addressed, beside those of loopback");
    static final Setting<List<Network>> PROXIES = new Setting<>(
            "parley.proxies",
            new Kind.Networks(),
            "",
            "Reverse proxies whose word about clients, in Forwarded and X-Forwarded-…, is believed");
    static final Setting<HookTargets> HOOK_TARGETS = new Setting<>(
            "parley.hookTargets",
            new Kind.Machines(),
            "",
            "Where outgoing webhooks may go beside the public addresses of the internet");

    static final Setting<Optional<Path>> CERTIFICATE = new Setting<>(
            "parley.tls.certificate",
            new Kind.File(),
            "",
            "Certificate of the embedded server, with those that vouch for it, in PEM; with it, https and wss");
    static final Setting<Optional<Path>> KEY =
            new Setting<>("parley.tls.key", new Kind.File(), "", "Its key, RSA or EC, in PEM: PKCS#8, not encrypted");
    static final Setting<Optional<Path>> KEYSTORE = new Setting<>(
            "parley.tls.keystore", new Kind.File(), "", "Instead of these two: a PKCS#12 file that holds both");
    static final Setting<String> PASSWORD =
            new Setting<>("parley.tls.password", new Kind.Secret(), "", "Password of the PKCS#12 file");

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final List<Setting<Integer>> limits;
    private final List<Setting<?>> all;

    public SettingsTable() {
        limits = Stream.of(talk(), connections(), http(), work())
                .flatMap(List::stream)
                .toList();
        List<Setting<?>> settings = new ArrayList<>(List.<Setting<?>>of(
                HOST, PORT, DATA, GUESTS, ORIGINS, HOSTS, PROXIES, HOOK_TARGETS, CERTIFICATE, KEY, KEYSTORE, PASSWORD));
        settings.addAll(limits);
        all = List.copyOf(settings);
    }

    /** All of them, in the order in which they are shown. */
    public List<Setting<?>> all() {
        return all;
    }

    /** Those of {@link Limits}. */
    List<Setting<Integer>> limits() {
        return limits;
    }

    /** The one of a component of {@link Limits}. */
    Setting<Integer> limit(String component) {
        return limits.stream()
                .filter(setting -> setting.name().equals(LIMITS + component))
                .findFirst()
                .orElseThrow();
    }

    private static List<Setting<Integer>> talk() {
        return List.of(
                limit("textLength", Limits::textLength, 1, 100_000, "UTF-16 code units", "Longest text of a message"),
                limit(
                        "frameBytes",
                        Limits::frameBytes,
                        4 * KIB,
                        16 * MIB,
                        "bytes",
                        "Longest message taken from a client"),
                limit(
                        "jsonDepth",
                        Limits::jsonDepth,
                        4,
                        1_000,
                        "levels",
                        "Deepest nesting of JSON taken from a client"),
                limit("page", Limits::page, 1, 1_000, "entries", "Most messages or entries in one page"),
                limit(
                        "presenceList",
                        Limits::presenceList,
                        0,
                        10_000,
                        "people",
                        "Longest list of present people spelt out"),
                limit(
                        "receipts",
                        Limits::receipts,
                        0,
                        10_000,
                        "members",
                        "Largest room whose read marks are sent around"),
                limit(
                        "postsPerSecond",
                        Limits::postsPerSecond,
                        1,
                        100_000,
                        "posts",
                        "Posts of one user per second, sustained"),
                limit(
                        "postsBurst",
                        Limits::postsBurst,
                        1,
                        100_000,
                        "posts",
                        "Posts of one user at once after a pause"));
    }

    private static List<Setting<Integer>> connections() {
        return List.of(
                limit("rooms", Limits::rooms, 1, 100_000, "rooms", "Rooms that one connection may have joined"),
                limit("pending", Limits::pending, 1, 10_000, "commands", "Unanswered commands of one connection"),
                limit("connections", Limits::connections, 1, 1_000_000, "connections", "Connections in all"),
                limit(
                        "connectionsPerAddress",
                        Limits::connectionsPerAddress,
                        1,
                        1_000_000,
                        "connections",
                        "Connections from one address"),
                limit(
                        "writeTimeoutSeconds",
                        Limits::writeTimeoutSeconds,
                        1,
                        3_600,
                        "s",
                        "How long one write to a client may take"),
                limit("pingSeconds", Limits::pingSeconds, 1, 3_600, "s", "How often the server pings a silent client"),
                limit(
                        "helloSeconds",
                        Limits::helloSeconds,
                        1,
                        3_600,
                        "s",
                        "How long a client may say nothing at first"));
    }

    private static List<Setting<Integer>> http() {
        return List.of(
                limit(
                        "httpConnections",
                        Limits::httpConnections,
                        1,
                        1_000_000,
                        "connections",
                        "Connections to the embedded server that are no WebSockets"),
                limit(
                        "httpConnectionsPerAddress",
                        Limits::httpConnectionsPerAddress,
                        1,
                        1_000_000,
                        "connections",
                        "Such connections from one address"),
                limit(
                        "bodyBytes",
                        Limits::bodyBytes,
                        MIB,
                        Integer.MAX_VALUE,
                        "bytes",
                        "Memory for bodies of requests to the embedded server that are not whole yet"));
    }

    private static List<Setting<Integer>> work() {
        return List.of(
                limit(
                        "queuedWrites",
                        Limits::queuedWrites,
                        1,
                        1_000_000,
                        "entries",
                        "Writes that may wait to be committed"),
                limit("groupEntries", Limits::groupEntries, 1, 100_000, "entries", "Most entries in one commit"),
                limit("groupBytes", Limits::groupBytes, 64 * KIB, 64 * MIB, "bytes", "Most text in one commit"),
                limit(
                        "batchBytes",
                        Limits::batchBytes,
                        4 * KIB,
                        16 * MIB,
                        "bytes",
                        "Most that is joined into one frame"),
                limit(
                        "tailBytes",
                        Limits::tailBytes,
                        MIB,
                        Integer.MAX_VALUE,
                        "bytes",
                        "Memory for the newest entries of all rooms"));
    }

    private static Setting<Integer> limit(
            String name, ToIntFunction<Limits> component, int least, int most, String unit, String meaning) {
        String preset = Integer.toString(component.applyAsInt(Limits.defaults()));
        return new Setting<>(LIMITS + name, new Kind.Whole(least, most, unit), preset, meaning);
    }
}
