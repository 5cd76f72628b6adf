package io.parley.conformance;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which tests name which sentences: those that JUnit finds in classes that Surefire or Failsafe runs. Stateless. */
final class CoveringTests {
    private static final String ROOT = "io.parley";

    private CoveringTests() {}

    /** By id, the tests as {@code Class.method}, each once by the class or interface that declares it. */
    static Map<String, Set<String>> byId() {
        Map<String, Set<String>> tests = new TreeMap<>();
        ReflectionSupport.findAllClassesInPackage(ROOT, type -> !ModifierSupport.isAbstract(type), CoveringTests::isRun)
                .stream()
                .flatMap(CoveringTests::tests)
                .forEach(test -> add(tests, test));
        return tests;
    }

    private static boolean isRun(String className) {
        return className.endsWith("Test") || className.endsWith("IT");
    }

    /** Its own and those that it inherits, also from interfaces. */
    private static Stream<Method> tests(Class<?> run) {
        return ReflectionSupport.findMethods(
                run, method -> AnnotationSupport.isAnnotated(method, Testable.class), HierarchyTraversalMode.TOP_DOWN)
                .stream();
    }

    private static void add(Map<String, Set<String>> tests, Method test) {
        Class<?> owner = test.getDeclaringClass();
        Stream.of(test.getAnnotationsByType(Covers.class), owner.getAnnotationsByType(Covers.class))
                .flatMap(Stream::of)
                .flatMap(covers -> Stream.of(covers.value()))
                .forEach(id -> tests.computeIfAbsent(id, none -> new TreeSet<>())
                        .add(owner.getSimpleName() + "." + test.getName()));
    }
}
