package io.parley.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The operator's end: carries out a command, or has the running server do so. Stateless.
 *
 * <p>Exit codes: 0 done; 1 not done; 2 called wrongly; 3 no server runs on the data folder. Whatever is not 0 has one line on standard error.
 */
public final class CommandLine {
    private static final List<Usage> ALL = List.of(
            BackupCommand.USAGE,
            RestoreCommand.USAGE,
            RoomsCommand.USAGE,
            DeleteCommand.USAGE,
            DropCommand.USAGE,
            ExpelCommand.USAGE,
            AnnounceCommand.USAGE,
            StatsCommand.USAGE,
            IssueCommand.TOKEN,
            PassesCommand.TOKENS,
            RevokeCommand.TOKEN,
            IssueCommand.HOOK,
            SendCommand.USAGE,
            PassesCommand.HOOKS,
            RevokeCommand.HOOK,
            BenchCommand.USAGE);

    private CommandLine() {}

    /** All commands, for {@code --help}: how each is called and what it does. */
    public static String help() {
        StringBuilder help = new StringBuilder();
        for (Usage usage : ALL) {
            help.append("  java -jar parley.war %-26s %s%n".formatted(usage.line(), usage.summary()));
        }
        return help.toString();
    }

    /** Whether a command begins with that word. */
    public static boolean knows(String word) {
        return ALL.stream().anyMatch(usage -> usage.words().get(0).equals(word));
    }

    /**
     * Runs a command. Blocks until it is done.
     *
     * @param words of which the first is known, and what follows it
     * @param data finds the data folder
     * @return the exit code
     */
    public static int run(List<String> words, Supplier<Path> data, PrintStream out, PrintStream err) {
        Optional<Usage> found = find(words);
        if (found.isEmpty()) {
            return onlyBegun(words, out, err);
        }
        Usage usage = found.get();
        List<String> given = words.subList(usage.words().size(), words.size());
        try {
            if (given.equals(List.of("--help")) || given.equals(List.of("-h"))) {
                out.print(usage.help());
                return 0;
            }
            if (usage.equals(BenchCommand.USAGE)) {
                BenchCommand.run(given, out::println);
                return 0;
            }
            List<String> arguments = usage.check(given);
            if (usage.equals(RestoreCommand.USAGE)) {
                RestoreCommand.run(Path.of(arguments.get(0)), data.get(), out::println);
            } else {
                ask(usage, arguments, data.get(), out);
            }
            return 0;
        } catch (CommandFailure e) {
            err.println("parley: " + usage.name() + ": " + Wire.harmless(e.line()));
            return e.exitCode();
        }
    }

    private static Optional<Usage> find(List<String> words) {
        return ALL.stream().filter(usage -> usage.begins(words)).findFirst();
    }

    /** Of a command with two words, somebody has given the first. */
    private static int onlyBegun(List<String> words, PrintStream out, PrintStream err) {
        List<Usage> all = ALL.stream()
                .filter(usage -> usage.words().get(0).equals(words.get(0)))
                .toList();
        if (words.size() > 1 && List.of("--help", "-h").contains(words.get(1))) {
            all.forEach(usage -> out.print(usage.help()));
            return 0;
        }
        String second = all.stream().map(usage -> usage.words().get(1)).collect(Collectors.joining(", "));
        CommandFailure wrong = CommandFailure.wrongCall("it is followed by one of " + second);
        err.println("parley: " + words.get(0) + ": " + wrong.line());
        return wrong.exitCode();
    }

    private static void ask(Usage usage, List<String> arguments, Path data, PrintStream out) {
        try (SocketChannel channel = connect(data);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            send(channel, Wire.request(usage.name(), arguments) + "\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(Wire.OUT)) {
                    out.println(line.substring(Wire.OUT.length()));
                } else if (line.startsWith(Wire.NO)) {
                    throw CommandFailure.notDone(line.substring(Wire.NO.length()));
                } else if (line.equals(Wire.OK)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw CommandFailure.notDone("the server broke off, " + e.getMessage());
        }
        throw CommandFailure.notDone("the server broke off");
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static SocketChannel connect(Path data) {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(data.resolve(ControlSocket.NAME)));
        } catch (IOException | UnsupportedOperationException e) {
            throw CommandFailure.notRunning(
                    "no Parley that you may command runs on %s (%s); parley.data names the folder"
                            .formatted(data, e.getMessage()));
        }
    }
}
