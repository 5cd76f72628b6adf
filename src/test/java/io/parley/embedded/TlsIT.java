package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.EmbeddedParley;
import io.parley.config.StartFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {
    private static final int PATIENCE_SECONDS = 20;
    private static final int LONG_TEXT = 7_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"RSA, true", "EC, true", "RSA, false", "EC, false"})
    void thePageAndTheTalkComeByTls(String algorithm, boolean pem) throws Exception {
        Keys keys = Keys.make(folder, algorithm, "first");
        try (EmbeddedParley server = start(pem ? pem(keys) : pkcs12(keys));
                Talker talker = new Talker(server, keys)) {
            HttpResponse<String> page =
                    talker.client.send(HttpRequest.newBuilder(server.base()).build(), BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            assertEquals(HttpClient.Version.HTTP_1_1, page.version());
            String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.endsWith("; Secure"), cookie);

            talker.connect();
            talker.says("hello by TLS");
            talker.says("x".repeat(LONG_TEXT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aWebSocketOfBareBytesEndsWithACloseFrameAndInOrder(String version) throws Exception {
        Keys keys = Keys.make(folder, "EC", "first");
        try (EmbeddedParley server = start(pem(keys));
                SSLSocket socket = (SSLSocket) keys.trusting()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.base().getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
            // As a browser does it: with the origin of the page that the server itself has given it.
            String handshake = """
                    GET /chat HTTP/1.1
                    Host: %1$s
                    Origin: https://%1$s
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==

                    """.formatted(server.base().getAuthority());
            socket.getOutputStream().write(handshake.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertTrue(head(in).startsWith("HTTP/1.1 101 "));
            // One byte of TLS at a time: frames need not come in one record.
            for (byte one : masked("/quit")) {
                socket.getOutputStream().write(one);
            }
            int opcode = 0;
            byte[] payload = new byte[0];
            while (opcode != 8) {
                opcode = in.readUnsignedByte() & 15;
                int length = in.readUnsignedByte();
                payload = in.readNBytes(length < 126 ? length : in.readUnsignedShort());
            }
            assertEquals(1000, Byte.toUnsignedInt(payload[0]) << 8 | Byte.toUnsignedInt(payload[1]));
            assertEquals(-1, in.read(), "the end must be said by TLS as well");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewCertificateIsShownToWhoeverComesNewAndNobodyIsCutOff(boolean pem) throws Exception {
        Keys first = Keys.make(folder, "RSA", "first");
        try (EmbeddedParley server = start(pem ? pem(first) : pkcs12(first));
                Talker before = new Talker(server, first)) {
            before.connect();
            before.says("one");

            Keys second = Keys.make(folder, "EC", "second");

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!isShown(second, server)) {
                assertTrue(System.nanoTime() < deadline, "the new certificate is not shown");
            }
            try (Talker after = new Talker(server, second)) {
                after.connect();
                after.says("two");
            }
            before.says("three");

            Files.writeString(pem ? second.key() : second.keystore(), "no key at all");
            long enough = System.nanoTime() + 2 * LiveKeys.LOOK_AGAIN.toNanos();
            while (System.nanoTime() < enough) {
                assertTrue(isShown(second, server), "what is no good must not take the place of what is");
            }
        }
    }

    @Test
    void whatIsWrongWithTheFilesIsOneLine() throws Exception {
        Keys keys = Keys.make(folder, "RSA", "first");
        Path missing = folder.resolve("none");
        Path text = Files.writeString(folder.resolve("text"), "hello");
        String pkcs8 = Files.readString(keys.key());
        Path pkcs1 = Files.writeString(folder.resolve("pkcs1"), pkcs8.replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        Path damaged = Files.writeString(folder.resolve("damaged"), pkcs8.replaceFirst("\n....", "\nAAAA"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path otherKey = Keys.make(other, "RSA", "other").key();
        Path ecKey = Keys.make(other, "EC", "other").key();

        assertRefused("parley.tls.certificate: there is no file " + missing, missing, keys.key());
        assertRefused("parley.tls.certificate: there is no certificate in " + text, text, keys.key());
        assertRefused("parley.tls.key: there is no key in " + text, keys.certificate(), text);
        assertRefused("openssl pkcs8 -topk8 -nocrypt -in " + pkcs1 + " -out NEW-FILE", keys.certificate(), pkcs1);
        assertRefused("parley.tls.key: the key in " + damaged, keys.certificate(), damaged);
        assertRefused(" is not that of the first certificate in ", keys.certificate(), ecKey);
        assertTrue(Files.exists(otherKey));
        assertFails(
                "parley.tls.keystore: " + text + " cannot be opened", Map.of("parley.tls.keystore", text.toString()));
        assertFails(
                "parley.tls.password",
                Map.of("parley.tls.keystore", keys.keystore().toString(), "parley.tls.password", "wrong"));
        assertFails("go together", Map.of("parley.tls.key", keys.key().toString()));
    }

    private EmbeddedParley start(Map<String, String> settings) {
        return EmbeddedParley.start(settings, folder.resolve("data"));
    }

    private void assertRefused(String why, Path certificate, Path key) {
        assertFails(why, Map.of("parley.tls.certificate", certificate.toString(), "parley.tls.key", key.toString()));
    }

    private void assertFails(String why, Map<String, String> settings) {
        StartFailure failure =
                assertThrows(StartFailure.class, () -> start(settings).close());
        assertTrue(failure.line().contains(why), failure::line);
    }

    private static Map<String, String> pem(Keys keys) {
        return Map.of(
                "parley.tls.certificate", keys.certificate().toString(),
                "parley.tls.key", keys.key().toString());
    }

    private static Map<String, String> pkcs12(Keys keys) {
        return Map.of("parley.tls.keystore", keys.keystore().toString(), "parley.tls.password", Keys.PASSWORD);
    }

    private static boolean isShown(Keys keys, EmbeddedParley server) throws Exception {
        try (SSLSocket socket = (SSLSocket) keys.trusting()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.base().getPort())) {
            socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
            socket.startHandshake();
            return true;
        } catch (SSLHandshakeException another) {
            return false;
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static byte[] masked(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + bytes.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        return frame;
    }

    /** The JDK's own client, in plain text. */
    private static final class Talker implements AutoCloseable, WebSocket.Listener {
        final HttpClient client;
        private final URI chat;
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();
        private @Nullable WebSocket socket;

        Talker(EmbeddedParley server, Keys trusted) throws Exception {
            client = HttpClient.newBuilder().sslContext(trusted.trusting()).build();
            chat = URI.create("wss" + server.base().toString().substring("https".length()) + "chat");
        }

        void connect() throws Exception {
            socket = client.newWebSocketBuilder().buildAsync(chat, this).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Says it, and returns when it comes back. */
        void says(String text) throws Exception {
            WebSocket open = socket;
            if (open == null) {
                throw new IllegalStateException("not connected");
            }
            open.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String line = "";
            while (!line.endsWith(": " + text)) {
                line = String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
                assertTrue(!line.equals("null"), "nothing came back");
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                message.toString().lines().forEach(heard::add);
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void close() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }
    }
}
