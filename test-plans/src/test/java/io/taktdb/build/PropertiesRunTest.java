package io.taktdb.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** jqwik leaves a property out, without a failure, when it has an annotation of JUnit; there is none such. */
class PropertiesRunTest {
    private static final Pattern ANNOTATED = Pattern.compile("(?m)(?:^    @.*\\R(?:^ {6,}.*\\R)*)+");
    private static final Pattern OF_JUNIT = Pattern.compile("@(Test|Tag|ExtendWith|Timeout|Disabled|RepeatedTest)\\b");

    @Test
    void shouldLeaveNoPropertyOut() throws IOException {
        final List<String> leftOut = new ArrayList<>();
        int properties = 0;
        for (final Path file : testSources()) {
            final String source = Files.readString(file);
            final boolean hasOwnTag = source.contains("import net.jqwik.api.Tag;");
            final Matcher blocks = ANNOTATED.matcher(source);
            while (blocks.find()) {
                if (!blocks.group().contains("@Property")) {
                    continue;
                }
                properties++;
                final Matcher other = OF_JUNIT.matcher(blocks.group());
                while (other.find()) {
                    if (!hasOwnTag || !other.group(1).equals("Tag")) {
                        leftOut.add(file.getFileName() + ": " + other.group());
                    }
                }
            }
        }
        assertTrue(properties > 10, "properties found: " + properties);
        assertEquals(List.of(), leftOut, "use the annotations of net.jqwik.api");
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            return files.filter(file -> {
                        final String path = file.toString().replace('\\', '/');
                        return path.endsWith(".java") && path.contains("src/test/java") && !path.contains("/target/");
                    })
                    .toList();
        }
    }
}
