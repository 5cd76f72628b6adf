package io.parley.delivery;

import io.parley.config.Limits;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The usual limits with some of them changed. Stateless. */
public final class SomeLimits {
    private SomeLimits() {}

    /**
     * The usual limits with these changes.
     *
     * @param changes names and values in turns: {@code "tailBytes", 1_000}
     */
    public static Limits with(Object... changes) {
        Map<String, Integer> changed = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            changed.put((String) changes[i], (Integer) changes[i + 1]);
        }
        RecordComponent[] components = Limits.class.getRecordComponents();
        List<Object> values = new ArrayList<>();
        try {
            for (RecordComponent component : components) {
                Integer value = changed.remove(component.getName());
                values.add(value == null ? component.getAccessor().invoke(Limits.defaults()) : value);
            }
            if (!changed.isEmpty()) {
                throw new IllegalArgumentException("no such limits: " + changed.keySet());
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return Limits.class.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("these limits do not go together: " + Arrays.toString(changes), e);
        }
    }

    /** Limits under which nobody ever posts too fast. */
    public static Limits withoutRates(Object... changes) {
        List<Object> all = new ArrayList<>(List.of("postsPerSecond", 1_000_000, "postsBurst", 1_000_000));
        all.addAll(List.of(changes));
        return with(all.toArray());
    }
}
