package io.taktdb.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Zip files that say nothing about when and by whom they were made. Threading: one thread. */
final class Zips {
    private static final LocalDateTime MADE = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final String LAUNCHER = "takt";

    /** Of the record at the end, and of one in the list before it. */
    private static final int END_BYTES = 22;

    private static final int END_COUNT = 10;
    private static final int END_FIRST = 16;
    private static final int MADE_BY = 5;
    private static final int NAME_BYTES = 28;
    private static final int ATTRIBUTES = 38;
    private static final int NAME = 46;
    private static final byte UNIX = 3;
    private static final int MODE_RUN = 0x81ED; // a file, rwxr-xr-x
    private static final int MODE_READ = 0x81A4; // a file, rw-r--r--

    private Zips() {}

    /** Writes all files in the order of their names; the launcher may be run. */
    static void write(final Path zip, final String root, final SortedMap<String, byte[]> files) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                final ZipEntry entry = new ZipEntry(root + file.getKey());
                entry.setTimeLocal(MADE); // local, so that no time zone shows
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        final byte[] made = bytes.toByteArray();
        setModes(made, root + LAUNCHER);
        Files.write(zip, made);
    }

    /**
     * Writes the rights of files, which Java's zips leave out, into the list of entries at the end (APPNOTE 4.3.12,
     * 4.4.15).
     *
     * @param executable the file that may be run
     */
    private static void setModes(final byte[] zip, final String executable) {
        final ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        final int end = zip.length - END_BYTES;
        int at = bytes.getInt(end + END_FIRST);
        for (int entries = bytes.getShort(end + END_COUNT) & 0xFFFF; entries > 0; entries--) {
            final int nameBytes = bytes.getShort(at + NAME_BYTES) & 0xFFFF;
            final String name = new String(zip, at + NAME, nameBytes, StandardCharsets.UTF_8);
            bytes.put(at + MADE_BY, UNIX);
            bytes.putInt(at + ATTRIBUTES, (name.equals(executable) ? MODE_RUN : MODE_READ) << 16);
            at += NAME
                    + nameBytes
                    + (bytes.getShort(at + NAME_BYTES + 2) & 0xFFFF)
                    + (bytes.getShort(at + NAME_BYTES + 4) & 0xFFFF);
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
