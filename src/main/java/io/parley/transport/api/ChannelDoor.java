package io.parley.transport.api;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.delivery.Command;
import io.parley.delivery.Opening;
import io.parley.delivery.Replies;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Body;
import io.parley.http.Call;
import io.parley.http.Caller;
import io.parley.http.Problem;
import io.parley.identity.Credentials;
import io.parley.identity.Pass;
import io.parley.identity.Passes;
import io.parley.identity.User;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import io.parley.text.JsonText;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be asked of a channel: to publish, who is there, which rooms somebody is in. Thread-safe. */
final class ChannelDoor {
    private static final String BASIC = "Basic ";
    private static final int MOST_ROOMS = 20;

    private final ApiDoor door;
    private final Programs programs;
    private final Bodies bodies;

    ChannelDoor(ApiDoor door, Programs programs) {
        this.door = door;
        this.programs = programs;
        this.bodies = new Bodies(door);
    }

    /** Publishes the body to rooms, of which the first that refuses it ends the matter. */
    void publish(Call call, String channel, List<String> rooms) {
        if (rooms.isEmpty() || rooms.size() > MOST_ROOMS) {
            throw new InvalidInput("r", "r names a room, up to " + MOST_ROOMS + " times");
        }
        List<RoomName> names = rooms.stream().map(RoomName::parse).distinct().toList();
        call.body(door.limits().frameBytes(), body -> {
            List<Request> requests = new ArrayList<>();
            String text = Body.text(body);
            for (RoomName name : names) {
                requests.add(Request.of(new Command.Open(name)));
                requests.add(Request.of(Publishing.keyed(call, bodies.post(name, text))));
            }
            whenAllowed(
                    call,
                    channel,
                    true,
                    pass -> door.delivery()
                            .exchange(
                                    new Opening(Credentials.of(pass), Optional.empty(), call.remote()),
                                    requests,
                                    new Published(call, names)));
        });
    }

    void members(Call call, String channel) {
        whenAllowed(
                call,
                channel,
                false,
                pass -> answerList(
                        call,
                        door.delivery().present().values().stream()
                                .flatMap(List::stream)
                                .map(User::id)
                                .map(Object::toString)
                                .collect(Collectors.toSet())
                                .stream()
                                .sorted()
                                .toList()));
    }

    void rooms(Call call, String channel) {
        whenAllowed(
                call,
                channel,
                false,
                pass -> answerList(
                        call,
                        door.delivery().present().keySet().stream()
                                .map(RoomName::value)
                                .sorted()
                                .toList()));
    }

    /** @param openIsEnough whether an open token needs no secret for this */
    private void whenAllowed(Call call, String channel, boolean openIsEnough, Consumer<Pass> then) {
        Optional<String> secret = secret(call, channel);
        programs.find(call, passes -> passes.channel(channel), found -> {
            if (found.isEmpty()) {
                call.answer(Problem.NOT_FOUND);
            } else if (secret.isPresent()
                    ? Passes.opens(found.get(), secret.get())
                    : openIsEnough && found.get().open()) {
                then.accept(found.get());
            } else {
                call.answer(Problem.of(Refusal.of(
                                ErrorCode.NOT_AUTHENTICATED,
                                "send the token's secret, by HTTP Basic as the password or as Bearer"))
                        .answer()
                        .with("WWW-Authenticate", "Basic realm=\"parley\", charset=\"UTF-8\""));
            }
        });
    }

    /** By Bearer, or as the password of HTTP Basic, whose user is the channel (RFC 7617). */
    private static Optional<String> secret(Call call, String channel) {
        Optional<String> bearer = Caller.of(call.request()).credentials().token();
        @Nullable String header = call.request().getHeader("Authorization");
        if (bearer.isPresent() || header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return bearer;
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(colon >= 0 && pair.substring(0, colon).equals(channel) ? pair.substring(colon + 1) : "");
        } catch (IllegalArgumentException e) {
            return Optional.of("");
        }
    }

    private static void answerList(Call call, List<String> values) {
        JsonText out = new JsonText().array();
        values.forEach(out::element);
        call.answer(Answer.json(HttpServletResponse.SC_OK, out.endArray().utf8()));
    }

    /** Tells what became of one body in several rooms. Confined to one exchange. */
    private static final class Published implements Replies {
        private final Call call;
        private final List<RoomName> rooms;
        private final Map<RoomName, Long> seqs = new LinkedHashMap<>();
        private @Nullable Refusal wrong;

        Published(Call call, List<RoomName> rooms) {
            this.call = call;
            this.rooms = rooms;
        }

        @Override
        public int replied(int number, Request request, Reply reply) {
            if (reply instanceof Reply.Failed failed) {
                wrong = failed.refusal();
            } else if (reply instanceof Reply.Posted posted) {
                seqs.put(rooms.get(number / 2), posted.seq());
            }
            return 0;
        }

        @Override
        public boolean stopsAtFailure() {
            return true;
        }

        @Override
        public void whole() {
            Refusal no = wrong;
            if (no != null) {
                // Who knows how far it came need not send again what is there.
                call.answer(Problem.of(no).answer(this::tell));
                return;
            }
            JsonText out = new JsonText().object();
            tell(out);
            call.answer(Answer.json(HttpServletResponse.SC_OK, out.endObject().utf8()));
        }

        private void tell(JsonText out) {
            out.object("seqs");
            seqs.forEach((room, seq) -> out.anyField(room.value(), seq));
            out.endObject();
        }

        @Override
        public void refused(Refusal refusal) {
            call.answer(Problem.of(refusal));
        }
    }
}
