package io.taktdb.testrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWatchTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameEachFileOnceWhenItWasSaved() throws IOException {
        final Path one = Files.writeString(folder.resolve("one.yaml"), "title: one");
        final Path other = Files.writeString(folder.resolve("other.yaml"), "title: other");
        final PlanWatch watch = new PlanWatch();
        assertEquals(List.of(one, other), watch.changed(List.of(one, other)));
        assertEquals(List.of(), watch.changed(List.of(one, other)));
        Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
        assertEquals(List.of(other), watch.changed(List.of(one, other)));
        Files.delete(one);
        assertEquals(List.of(), watch.changed(List.of(one, other)));
        Files.writeString(one, "title: one again");
        assertEquals(List.of(one), watch.changed(List.of(one, other)));
    }
}
