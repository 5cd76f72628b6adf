package io.parley.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the operator's commands, on a Unix domain socket in the data folder that only the server's own user can open. Thread-safe.
 *
 * <p>Overflow rule: a fifth command at a time is refused.
 */
public final class ControlSocket implements AutoCloseable {
    /** The socket's name in the data folder. */
    static final String NAME = "parley.sock";

    private static final Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final int AT_A_TIME = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long LONGEST_CLOSING_MILLIS = 500;
    private static final long PAUSE_MILLIS = 500;

    private final Path path;
    private final ServerSocketChannel server;
    private final Map<String, ServerCommand> commands;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, AT_A_TIME, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, "command"));
    private final Thread acceptor = daemon(this::accept, "control");

    private ControlSocket(Path path, ServerSocketChannel server, List<ServerCommand> commands) {
        this.path = path;
        this.server = server;
        this.commands = commands.stream().collect(Collectors.toMap(ServerCommand::name, Function.identity()));
    }

    /**
     * Opens it, in the place of one that a crash has left. Empty, with a warning, where that cannot be: chat is more important.
     *
     * @param data the data folder, held by the caller
     */
    public static Optional<ControlSocket> open(Path data, List<ServerCommand> commands) {
        Path path = data.resolve(NAME);
        try {
            ControlSocket socket = new ControlSocket(path, bind(data, path), commands);
            socket.acceptor.start();
            return Optional.of(socket);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.WARNING, "there will be no commands: {0} cannot be opened, {1}", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** Refuses further commands, and waits a moment for those under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            server.close();
            Files.deleteIfExists(path);
            if (!threads.awaitTermination(LONGEST_CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
            for (SocketChannel channel : open) {
                channel.close();
            }
            acceptor.join(LONGEST_CLOSING_MILLIS);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} could not be closed, {1}", path, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Made where nobody else can see it, and moved when nobody else can open it: a socket is open to all when it is bound. */
    private static ServerSocketChannel bind(Path data, Path path) throws IOException {
        Path hidden = Files.createTempDirectory(data, ".sock");
        Path made = hidden.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean bound = false;
        try {
            server.bind(UnixDomainSocketAddress.of(made));
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            bound = true;
            return server;
        } finally {
            if (!bound) {
                server.close();
                Files.deleteIfExists(made);
            }
            Files.deleteIfExists(hidden);
        }
    }

    private void accept() {
        @Nullable IOException trouble = null;
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                open.add(channel);
                hand(channel);
                if (trouble != null) {
                    // Not before: to log may itself take a descriptor, and end this thread when there is none.
                    LOG.log(Level.WARNING, "for a while no command could be taken", trouble);
                    trouble = null;
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                trouble = e;
                pause();
            }
        }
    }

    /** When descriptors have run out, accepting fails at once, again and again, until some come free. Ends early when this is closed. */
    private void pause() {
        try {
            if (threads.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "no more commands are taken: the server stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That one caller went away before being answered is nothing to the next. */
    private void hand(SocketChannel channel) {
        try {
            threads.execute(() -> serve(channel));
        } catch (RejectedExecutionException e) {
            open.remove(channel);
            try (channel;
                    PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                out.print(Wire.NO + "too many commands at a time, or the server stops; try again\n");
            } catch (IOException gone) {
                LOG.log(Level.DEBUG, "a command could not be refused", gone);
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
            out.print(answer(Wire.words(Wire.readRequest(in)), out) + "\n");
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "a command was not ended", e);
        } finally {
            open.remove(channel);
        }
    }

    private String answer(List<String> words, PrintWriter out) {
        ServerCommand command = commands.get(words.get(0));
        if (command == null) {
            return Wire.NO + "the server that runs does not know this command; it is of another version";
        }
        try {
            command.run(words.subList(1, words.size()), line -> out.print(Wire.OUT + Wire.harmless(line) + "\n"));
            return Wire.OK;
        } catch (CommandFailure e) {
            return Wire.NO + Wire.harmless(e.line());
        } catch (InterruptedException e) {
            return Wire.NO + "the server stops";
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the command " + command.name() + " failed", e);
            return Wire.NO + "it failed; the server's log says why";
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "parley-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
