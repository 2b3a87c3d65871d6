package io.taktdb.distribution;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Zip files that say nothing about when and by whom they were made. Threading: one thread. */
final class Zips {
    private static final FileTime MADE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private Zips() {}

    /** Writes all files in the order of their names; the launcher may be run. */
    static void write(final Path zip, final String root, final SortedMap<String, byte[]> files) throws IOException {
        final Path part = zip.resolveSibling(zip.getFileName() + ".part.zip");
        Files.deleteIfExists(part);
        final Map<String, Object> options = Map.of("create", "true", "enablePosixFileAttributes", true);
        try (FileSystem out = FileSystems.newFileSystem(part, options)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                final Path path = out.getPath(root + file.getKey());
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                Files.write(path, file.getValue());
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString(file.getKey().equals("takt") ? "rwxr-xr-x" : "rw-r--r--"));
            }
            for (final Path path : all(out.getPath(root))) {
                if (Files.isDirectory(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
                Files.setLastModifiedTime(path, MADE);
            }
        }
        Files.move(part, zip, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> all(final Path root) throws IOException {
        try (java.util.stream.Stream<Path> paths = Files.walk(root)) {
            return paths.sorted().toList();
        }
    }

    /** Names of what is in one of two zips only, or differs. */
    static List<String> differences(final Path one, final Path other) throws IOException {
        final SortedMap<String, byte[]> left = read(one);
        final SortedMap<String, byte[]> right = read(other);
        final List<String> differences = new ArrayList<>();
        left.forEach((name, bytes) -> {
            final byte[] others = right.remove(name);
            if (others == null) {
                differences.add("only in " + one + ": " + name);
            } else if (!Arrays.equals(bytes, others)) {
                differences.add("not the same: " + name + ", bytes=" + bytes.length + " and " + others.length);
            }
        });
        right.keySet().forEach(name -> differences.add("only in " + other + ": " + name));
        return differences;
    }

    private static SortedMap<String, byte[]> read(final Path zip) throws IOException {
        final SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipFile in = new ZipFile(zip.toFile())) {
            for (final Enumeration<? extends ZipEntry> all = in.entries(); all.hasMoreElements(); ) {
                final ZipEntry entry = all.nextElement();
                files.put(entry.getName(), in.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }
}
