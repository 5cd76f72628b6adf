package io.parley.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@link PackageTable} against the classes of {@code src/main/java}. */
class PackageRulesTest {
    private static final PackageTable TABLE = new PackageTable();
    private static JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PackageTable.ROOT);
        assertFalse(classes.isEmpty(), "no class found: nothing would be checked");
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> known = TABLE.packages();
        Set<String> unknown = packageNames().stream()
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown, "packages that PackageTable does not know");
    }

    @Test
    void aPackageUsesOnlyWhatTheTableAllows() {
        List<String> violations = classes.stream()
                .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass()) && !allowed(dependency))
                .map(PackageRulesTest::describe)
                .sorted()
                .toList();
        assertEquals("", String.join("\n", violations), "uses that PackageTable does not allow");
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching(PackageTable.ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = packages().stream()
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unmarked, "packages without a package-info.java that says @NullMarked");
    }

    private static boolean allowed(Dependency dependency) {
        return TABLE.allows(packageOf(dependency.getOriginClass()), packageOf(dependency.getTargetClass()));
    }

    private static String describe(Dependency dependency) {
        String from = packageOf(dependency.getOriginClass());
        return dependency.getDescription() + "; " + from + " may use " + TABLE.allowed(from);
    }

    private static boolean isOurs(JavaClass javaClass) {
        String name = javaClass.getBaseComponentType().getPackageName();
        return name.equals(PackageTable.ROOT) || name.startsWith(PackageTable.ROOT + ".");
    }

    private static String packageOf(JavaClass javaClass) {
        return PackageTable.relative(javaClass.getBaseComponentType().getPackageName());
    }

    private static Set<String> packageNames() {
        return packages().stream()
                .map(javaPackage -> PackageTable.relative(javaPackage.getName()))
                .collect(Collectors.toSet());
    }

    private static Set<JavaPackage> packages() {
        return classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    }
}
