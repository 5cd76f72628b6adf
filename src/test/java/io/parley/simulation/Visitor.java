package io.parley.simulation;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who comes, talks, loses the socket and comes back where they were. Confined to the simulation's thread.
 *
 * <p>What they do next is a {@link Move}. Their views, token and posts outlive connections and servers.
 */
final class Visitor {
    /** What may be answered though nothing is wrong. */
    static final Set<String> REFUSALS = Set.of(
            "unavailable", "not_joined", "no_such_room", "too_many", "name_taken", "no_such_message", "forbidden");

    private static final int MOST_OPEN_POSTS = 6;

    private final String name;
    private final Schedule schedule;
    private final Truth truth;
    private final Supplier<Server> server;
    private final Map<String, Post> posts;
    private final Map<String, View> views = new TreeMap<>();
    private final Map<String, Post> own = new LinkedHashMap<>();
    private @Nullable Link link;
    private @Nullable String token;
    private int postsMade;

    /** @param posts the posts of all; added to */
    Visitor(String name, Schedule schedule, Truth truth, Supplier<Server> server, Map<String, Post> posts) {
        this.name = name;
        this.schedule = schedule;
        this.truth = truth;
        this.server = server;
        this.posts = posts;
    }

    String name() {
        return name;
    }

    Schedule schedule() {
        return schedule;
    }

    Lane lane(int weight) {
        return new Lane(name, weight, 1, () -> true, this::act);
    }

    @Nullable
    Link link() {
        return link;
    }

    /** Comes, if they are not there, and goes on where they were. */
    void come() {
        if (link != null) {
            return;
        }
        schedule.tell(name + " comes");
        String known = token;
        link = new Link(schedule, truth, views, server.get(), name, this::lost);
        String with = known == null ? "'name':'" + name + "'" : "'token':'" + known + "'";
        ask("'do':'hello'," + with, this::welcomed);
        List.copyOf(views.keySet()).forEach(room -> resume(room, 0));
        sendAgain();
    }

    /** Follows again what they could not go on with when they came. */
    void resumeAll() {
        Link here = link;
        if (here != null) {
            views.keySet().stream()
                    .filter(room -> !here.next().containsKey(room))
                    .toList()
                    .forEach(room -> resume(room, 0));
        }
    }

    void hangUp() {
        Link lost = link;
        if (lost != null) {
            lost.transport().hangUp();
        }
    }

    void joinNewest(String room, int last) {
        ask("'do':'join','room':'" + room + "','last':" + last, ok -> joinedNewest(room, last, ok));
    }

    /** Follows a room that was followed before, a little before where they were. */
    void resume(String room, int back) {
        View view = views.get(room);
        if (view == null) {
            return;
        }
        long after = Math.max(view.first() - 1, view.position() - back);
        ask(
                "'do':'join','room':'" + room + "','after':" + after + ",'epoch':'" + view.epoch() + "'",
                ok -> resumed(room, after, ok));
    }

    void leave(String room) {
        ask("'do':'leave','room':'" + room + "'", ok -> {
            Link here = link;
            if (here != null) {
                here.unfollow(room);
                views.remove(room);
            }
        });
    }

    /** Says something new. Who has no token yet would be somebody else the next time, and says nothing. */
    void post(String room) {
        long open = own.values().stream().filter(Post::isOpen).count();
        if (token != null && open < MOST_OPEN_POSTS) {
            Post post = new Post(room, name + " " + ++postsMade, name + "-" + postsMade);
            own.put(post.key(), post);
            posts.put(post.key(), post);
            send(post);
        }
    }

    /** Sends everything again that was not acknowledged, under the same keys. */
    void sendAgain() {
        if (token != null) {
            own.values().stream().filter(Post::isOpen).forEach(this::send);
        }
    }

    /** Nothing was in the way any more: they are here, and everything they said was acknowledged. */
    void checkDone() {
        schedule.require(link != null, name + " is not let in");
        own.values().stream()
                .filter(Post::isOpen)
                .forEach(post -> schedule.violated(name + " cannot get rid of " + post.text()));
    }

    /** Does something to a message of their own that is in the log: an edit, say. */
    void amend(String command, String with) {
        List<Post> stored = own.values().stream().filter(post -> post.seq() > 0).toList();
        if (!stored.isEmpty()) {
            Post post = stored.get(schedule.below(stored.size()));
            ask("'do':'" + command + "','room':'" + post.room() + "','seq':" + post.seq() + with, ok -> {});
        }
    }

    /** Asks for something of which only the answer is looked at. */
    void ask(String fields, Consumer<JsonObject> ok) {
        Link here = link;
        if (here != null) {
            schedule.tell(name + ": " + fields);
            int unused = here.send(fields, ok, code -> {});
        }
    }

    /** Reads a part of the log. */
    void read(String room, String range, String member) {
        ask(
                "'do':'history','room':'" + room + "'," + range,
                ok -> contiguous(ok.getJsonArray(member).getValuesAs(JsonObject.class)));
    }

    /** Holds what they know, page and events together, against the log. */
    void checkViews() {
        views.forEach((room, view) -> {
            Map<Long, String> afresh = truth.folded(room, view.first());
            Map<Long, String> known = view.messages();
            schedule.require(afresh.equals(known), name + " knows of " + room + " " + known + ", not " + afresh);
        });
    }

    private void act() {
        if (link == null) {
            come();
        } else {
            Move.any(schedule).make(this);
        }
    }

    private void send(Post post) {
        Link here = link;
        if (here == null) {
            return;
        }
        String fields =
                "'do':'post','room':'" + post.room() + "','text':'" + post.text() + "','key':'" + post.key() + "'";
        schedule.tell(name + ": " + fields);
        int[] id = new int[1];
        id[0] = here.send(
                fields,
                ok -> {
                    long seq = Truth.seqOf(ok);
                    truth.acknowledged(post.room(), seq, post.key());
                    schedule.require(post.seq() == 0 || post.seq() == seq, "acknowledged otherwise: " + ok);
                    here.posted(id[0], post.room(), seq, ok.getBoolean("duplicate"));
                    post.acknowledged(seq);
                },
                code -> {
                    if (code.equals("no_such_room") || code.equals("name_taken")) {
                        post.giveUp();
                    }
                });
    }

    private void lost() {
        schedule.tell(name + " has lost the socket");
        link = null;
    }

    private void welcomed(JsonObject ok) {
        if (token == null) {
            token = ok.getString("token");
        }
    }

    private void joinedNewest(String room, int last, JsonObject ok) {
        Link here = link;
        if (here == null) {
            return;
        }
        long head = ok.getJsonNumber("head").longValue();
        List<JsonObject> page = ok.getJsonArray("messages").getValuesAs(JsonObject.class);
        schedule.require(
                page.size() == Math.min(last, truth.messages(room, head)),
                "not the newest " + last + " of " + head + ": " + page);
        View view = views.computeIfAbsent(room, unknown -> new View());
        view.begin(ok.getString("epoch"), head);
        page.forEach(view::know);
        here.follow(room, head);
    }

    private void resumed(String room, long after, JsonObject ok) {
        Link here = link;
        View view = views.computeIfAbsent(room, unknown -> new View());
        if (here != null && ok.getBoolean("complete")) {
            if (view.epoch().isEmpty()) {
                view.begin(ok.getString("epoch"), after);
            }
            view.goBack(after);
            here.follow(room, after);
        } else {
            schedule.violated("a position of " + room + " cannot be resumed: " + after + ", " + ok);
        }
    }

    private void contiguous(List<JsonObject> page) {
        for (int i = 0; i < page.size(); i++) {
            truth.shown(page.get(i));
            schedule.require(Truth.seqOf(page.get(i)) == Truth.seqOf(page.get(0)) + i, "a page with a gap: " + page);
        }
    }
}
