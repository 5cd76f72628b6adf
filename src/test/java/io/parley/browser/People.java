package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whoever takes part in one test; afterwards no browser may have had anything to complain of. Confined to the test's thread. */
final class People implements AfterEachCallback {
    private final Chromium chromium;
    private final List<Person> people = new ArrayList<>();

    People(Chromium chromium) {
        this.chromium = chromium;
    }

    /** At a desk, in a room, under a name. */
    Person called(String name, String url) {
        return comes(Person.atDesk(chromium.browser()), url).isCalled(name);
    }

    Person comes(int width, ColorScheme scheme, String url) {
        return comes(new Person(chromium.browser(), width, scheme), url);
    }

    Person comes(Person person, String url) {
        people.add(person);
        person.opens(url);
        assertThat(person.page().locator("parley-me .name")).not().isEmpty();
        return person;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> complaints =
                people.stream().flatMap(person -> person.complaints().stream()).toList();
        people.forEach(Person::close);
        people.clear();
        assertEquals(List.of(), complaints, "complaints in the browser's console");
    }
}
