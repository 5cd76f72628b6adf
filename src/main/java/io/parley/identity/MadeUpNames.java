package io.parley.identity;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names for guests who gave none. Thread-safe if its random generator is. */
final class MadeUpNames {
    private static final List<String> FIRST = List.of(
            "Amber", "Brave", "Bright", "Calm", "Clever", "Coral", "Cosmic", "Gentle", "Golden", "Happy", "Hazel",
            "Jolly", "Kind", "Lucky", "Lunar", "Merry", "Misty", "Noble", "Olive", "Polar", "Proud", "Quick", "Quiet",
            "Rosy", "Rustic", "Silver", "Snowy", "Solar", "Sunny", "Swift", "Velvet", "Wise");
    private static final List<String> SECOND = List.of(
            "Badger", "Beaver", "Bison", "Crane", "Curlew", "Dolphin", "Falcon", "Finch", "Fox", "Gecko", "Hare",
            "Heron", "Ibis", "Jay", "Koala", "Lark", "Lemur", "Lynx", "Marten", "Mole", "Newt", "Otter", "Owl", "Panda",
            "Puffin", "Robin", "Seal", "Stork", "Swan", "Tapir", "Wren", "Yak");

    private final RandomGenerator random;

    MadeUpNames(RandomGenerator random) {
        this.random = random;
    }

    /** A name; later attempts carry a number that grows, so that a free one is found soon. */
    UserName next(int attempt) {
        String name = FIRST.get(random.nextInt(FIRST.size())) + "-" + SECOND.get(random.nextInt(SECOND.size()));
        return new UserName(attempt == 0 ? name : name + "-" + random.nextInt(2, 10 << Math.min(3 * attempt, 24)));
    }
}
