package io.parley.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads Java files with the compiler's own parser, and names what is not tidy. Confined to one test. */
final class TidyJava {
    static final int MAX_METHOD_LINES = 60;

    /** Who talks to a person at a terminal, and may therefore print: path prefixes, with {@code /}. */
    private static final List<String> MAY_PRINT = List.of(
            "src/main/java/io/parley/cli/",
            "src/main/java/io/parley/Launcher.java",
            // The line that tells where the server is reached.
            "src/main/java/io/parley/embedded/",
            // Trials that a person runs by hand.
            "src/test/java/io/parley/browser/PageTrial.java",
            "src/test/java/io/parley/transport/events/PollTrial.java",
            "bench/java/io/parley/bench/Bench.java",
            "src/test/java/io/parley/store/SchemaTrial.java",
            "src/test/java/io/parley/store/StoreTrial.java",
            // Programs that a test starts as a process of their own, and that it reads.
            "src/test/java/io/parley/crash/");

    private final List<Path> files;
    private final List<String> violations = new ArrayList<>();

    TidyJava(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** {@code path:line: what is wrong}, in the order of the files. */
    List<String> violations() throws IOException {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            // -proc:none: the class path of the tests holds annotation processors that parsing must not start.
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, positions).scan(unit, null);
            }
        }
        return List.copyOf(violations);
    }

    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String path;

        Scanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.path = Path.of("")
                    .toAbsolutePath()
                    .relativize(Path.of(unit.getSourceFile().toUri()))
                    .toString();
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > MAX_METHOD_LINES) {
                add(
                        method,
                        "a method has at most " + MAX_METHOD_LINES + " lines, " + method.getName() + " has "
                                + (last - first + 1));
            }
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
            String name = annotation.getAnnotationType().toString();
            if (name.equals("Disabled") || name.endsWith(".Disabled")) {
                add(annotation, "a test runs or is not there: @Disabled");
            }
            return super.visitAnnotation(annotation, null);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void nothing) {
            switch (select.toString()) {
                case "Thread.sleep" -> add(select, "await a condition instead of Thread.sleep");
                case "System.out", "System.err" -> {
                    if (MAY_PRINT.stream().noneMatch(path::startsWith)) {
                        add(select, "only the command line prints: " + select);
                    }
                }
                default -> {}
            }
            return super.visitMemberSelect(select, null);
        }

        private void add(Tree tree, String message) {
            long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
            violations.add(path + ":" + line + ": " + message);
        }
    }
}
