package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is let in, and in which language (docs/protocol.md §2).
 *
 * <p>The server goes by {@code server.example.com} beside loopback's names, and admits pages of {@code http://example.com}.
 */
public interface HandshakeConformance extends Conformance {

    @Test
    @Covers({"hs-first", "hs-origin"})
    default void theHandshakeOfTheNotesIsAnsweredToTheLetter() {
        HttpAnswer answer = server().handshake()
                .host("server.example.com")
                .protocols("chat, superchat")
                .origin("http://example.com")
                .answer();
        assertEquals(101, answer.status());
        assertEquals(Optional.of(Handshake.ACCEPT), answer.header("Sec-WebSocket-Accept"));
        assertEquals(Optional.of("chat"), answer.header("Sec-WebSocket-Protocol"));
        assertTrue(answer.header("Upgrade").orElse("").equalsIgnoreCase("websocket"), answer::toString);
        assertTrue(answer.header("Connection").orElse("").equalsIgnoreCase("upgrade"), answer::toString);
    }

    @Test
    @Covers({"door-superchat", "hs-first"})
    default void theFirstProtocolOfTheClientsListThatIsSpokenIsChosen() {
        assertEquals(Optional.of("chat"), protocol(server().handshake().protocols("chat, superchat")));
        assertEquals(Optional.of("superchat"), protocol(server().handshake().protocols("superchat, chat")));
        assertEquals(Optional.of("superchat"), protocol(server().handshake().protocols("mqtt,superchat,chat")));
        assertEquals(Optional.of("chat"), protocol(server().handshake().protocols("superchat.v2, chat, superchat")));
    }

    @Test
    @Covers("hs-first")
    default void severalHeadersMakeOneListOfProtocols() {
        Handshake several =
                server().handshake().protocols("mqtt").protocols("superchat").protocols("chat");
        assertEquals(Optional.of("superchat"), protocol(several));
    }

    @Test
    @Covers({"door-chat", "hs-none"})
    default void whoAsksForNoProtocolIsSpokenToInChat() {
        assertEquals(Optional.empty(), protocol(server().handshake()));
        assertWelcomedInChat(server().handshake());
    }

    @Test
    @Covers("hs-none")
    default void whoAsksOnlyForUnknownProtocolsIsSpokenToInChat() {
        Handshake unknown = server().handshake().protocols("mqtt, SUPERCHAT");
        assertEquals(Optional.empty(), protocol(unknown), "protocols are told apart by case (RFC 6455 §4.1)");
        assertWelcomedInChat(unknown);
    }

    @Test
    @Covers("hs-origin")
    default void aClientWithoutAnOriginIsLetIn() {
        assertEquals(101, server().handshake().answer().status());
    }

    @Test
    @Covers("hs-origin")
    default void aPageOfTheServersOwnIsLetIn() {
        assertEquals(101, status(server().authority(), "http://" + server().authority()));
        String local = "localhost:" + server().port();
        assertEquals(101, status(local, "http://" + local));
        assertEquals(101, status("server.example.com", "http://server.example.com"));
        assertEquals(101, status("server.example.com", "http://server.example.com:80"), "80 is implied by http");
    }

    @Test
    @Covers("hs-origin")
    default void aListedOriginIsLetInWhateverItsCase() {
        assertEquals(101, status(server().authority(), "http://example.com"));
        assertEquals(101, status(server().authority(), "http://EXAMPLE.com"));
        assertEquals(101, status(server().authority(), "http://example.com:80"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://example.com",
                "http://example.com:8080",
                "http://example.com.evil.example",
                "http://sub.example.com",
                "http://127.0.0.1",
                "file://",
                "example.com"
            })
    @Covers("hs-origin")
    default void aForeignPageIsRefusedBeforeTheUpgrade(String origin) {
        assertEquals(403, status(server().authority(), origin));
    }

    @Test
    @Covers("hs-origin")
    default void theServersOwnNameOnAnotherPortOrSchemeIsForeign() {
        assertEquals(403, status(server().authority(), "http://127.0.0.1:1"));
        assertEquals(403, status(server().authority(), "https://" + server().authority()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:80", "server.example.com.evil.example", "127.0.0.1.evil.example"})
    @Covers("hs-host")
    default void aNameThatTheServerDoesNotGoByIsRefused(String host) {
        assertEquals(403, server().handshake().host(host).answer().status());
        assertEquals(403, status(host, "http://" + host), "a page that rebinds its own name is no own page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=secret", "room=lobby&token=secret", "access_token=secret", "Token=", "secret=x&a=b"})
    @Covers("hs-secret")
    default void aSecretInTheAddressIsRefused(String query) {
        HttpAnswer answer;
        try (WireClient wire = new WireClient(server().handshake().query(query))) {
            answer = wire.answer();
            if (answer.status() == 101) {
                assertEquals(1008, wire.closeCode(), "where the container cannot refuse, the session is closed");
                return;
            }
        }
        assertEquals(400, answer.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "8", "14", "x"})
    @Covers("hs-version")
    default void anotherVersionIsToldTheRightOne(String version) {
        HttpAnswer answer = server().handshake().version(version).answer();
        assertEquals(426, answer.status());
        assertEquals(Optional.of("13"), answer.header("Sec-WebSocket-Version"));
    }

    @Test
    @Covers("hs-root")
    default void anUpgradeOfTheContextRootIsTheSameAsOfChat() {
        Handshake root = server().handshake().to(server().path(""));
        assertEquals(Optional.of("superchat"), protocol(root.protocols("superchat, chat")));
        assertWelcomedInChat(root);
        assertEquals(403, root.origin("http://evil.example").answer().status());
        String room = Fresh.room();
        ChatClient throughRoot = server().talker(root.query("room=" + room));
        ChatClient throughChat = server().talker(Fresh.name(), room);
        throughRoot.say("hello");
        throughChat.await(throughRoot.name() + ": hello");
    }

    @Test
    @Covers("hs-deflate")
    default void noExtensionIsNegotiated() {
        HttpAnswer answer = server().handshake()
                .header(
                        "Sec-WebSocket-Extensions",
                        "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame")
                .answer();
        assertEquals(101, answer.status());
        assertEquals(Optional.empty(), answer.header("Sec-WebSocket-Extensions"));
    }

    @Test
    @Covers("hs-identity")
    default void aNameInTheAddressIsTakenWhenItIsFree() {
        String name = Fresh.name();
        assertEquals(name, youBy("name=" + name).getString("name"));
    }

    @Test
    @Covers("hs-identity")
    default void aNameInTheAddressThatIsTakenOrNoneIsReplacedByAMadeUpOne() {
        String name = Fresh.name();
        server().guest(name);
        String other = youBy("name=" + name).getString("name");
        assertNotEquals(name, other);
        assertTrue(!other.isBlank());
        assertTrue(!youBy("name=%3Cb%3E").getString("name").contains("<"));
        assertTrue(!youBy("name=").getString("name").isBlank());
        assertTrue(!youBy("name=" + "x".repeat(500)).getString("name").startsWith("xx"));
    }

    @Test
    @Covers("hs-identity")
    default void aSessionIsKnownByItsBearerTokenItsCookieOrInHello() {
        SuperchatClient first = server().superchat();
        var hello = first.ok("hello");
        String id = hello.getJsonObject("you").getString("id");
        String token = hello.getString("token");
        assertEquals(id, idOf(server().handshake().header("Authorization", "Bearer " + token)));
        assertEquals(id, idOf(server().handshake().header("Authorization", "bearer " + token)));
        assertEquals(id, idOf(server().handshake().header("Cookie", "parley_session=" + token)));
        assertEquals(id, idOf(server().handshake().header("Cookie", "a=b; parley_session=" + token + "; c=d")));
        assertEquals(
                id,
                server().superchat()
                        .ok("hello", "token", token)
                        .getJsonObject("you")
                        .getString("id"));
    }

    @Test
    @Covers({"hello-token", "hs-identity"})
    default void theBearerTokenComesBeforeTheCookieAndHelloBeforeBoth() {
        var one = server().superchat().ok("hello");
        var two = server().superchat().ok("hello");
        var three = server().superchat().ok("hello");
        Handshake both = server().handshake()
                .header("Cookie", "parley_session=" + one.getString("token"))
                .header("Authorization", "Bearer " + two.getString("token"));
        assertEquals(two.getJsonObject("you").getString("id"), idOf(both));
        var you = server().superchat(both).ok("hello", "token", three.getString("token"));
        assertEquals(three.getJsonObject("you"), you.getJsonObject("you"));
    }

    @Test
    @Covers("hello-token-once")
    default void whoComesWithACookieIsGivenNoToken() {
        String token = server().superchat().ok("hello").getString("token");
        SuperchatClient again = server().superchat(server().handshake().header("Cookie", "parley_session=" + token));
        assertTrue(!again.ok("hello").containsKey("token"));
    }

    @Test
    @Covers("close-3000")
    default void aWrongBearerTokenIsToldSoAndClosedAsUnauthorised() {
        SuperchatClient client = server().superchat(server().handshake().header("Authorization", "Bearer nonsense"));
        assertEquals("not_authenticated", client.error("hello").getString("code"));
        assertEquals(3000, client.closeCode());
    }

    private int status(String host, String origin) {
        return server().handshake().host(host).origin(origin).answer().status();
    }

    private static Optional<String> protocol(Handshake handshake) {
        HttpAnswer answer = handshake.answer();
        assertEquals(101, answer.status());
        return answer.header("Sec-WebSocket-Protocol");
    }

    private void assertWelcomedInChat(Handshake handshake) {
        Received first = server().wire(handshake).receive();
        assertTrue(first instanceof Received.Text text && text.text().startsWith("* welcome, "), first::toString);
    }

    private JsonObject youBy(String query) {
        return server().superchat(server().handshake().query(query)).ok("hello").getJsonObject("you");
    }

    private String idOf(Handshake handshake) {
        return server().superchat(handshake).ok("hello").getJsonObject("you").getString("id");
    }
}
