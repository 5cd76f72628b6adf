package io.parley.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real nginx in front of a server, set up by some lines of its own language. Confined to the test's thread. */
public final class Nginx implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param folder for whatever it writes; empty
     * @param lines what stands within {@code http}, for a server on 80 and Parley on 8080, as documents have it
     * @param upstream where Parley is
     * @return empty where there is no nginx
     */
    public static Optional<Nginx> start(Path folder, String lines, int upstream) throws IOException {
        int port = freePort();
        String own = lines.replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:8080", "127.0.0.1:" + upstream);
        Path log = folder.resolve("nginx.log");
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                "daemon off; master_process off; worker_rlimit_nofile 4096; pid " + folder.resolve("pid")
                        + "; error_log " + log + ";\nevents { worker_connections 1024; }\nhttp { access_log off;\n"
                        + temporary(folder) + own + "}\n");
        Process process;
        try {
            process = new ProcessBuilder(
                            "nginx", "-p", folder.toString(), "-e", log.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
        } catch (IOException notThere) {
            return Optional.empty();
        }
        Nginx nginx = new Nginx(process, port);
        nginx.awaitListening(folder.resolve("said"));
        return Optional.of(nginx);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitListening(Path said) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!listens(port)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                close();
                throw new AssertionError("nginx does not start: " + Files.readString(said));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String temporary(Path folder) {
        StringBuilder lines = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.append(kind + "_temp_path " + folder.resolve(kind) + ";\n");
        }
        return lines.toString();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
