package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.command.DoneCommand;
import io.taktdb.runtime.command.PushResult;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands with keys and all kinds of answers, written and read again. */
class KeysFileTest {
    private static final Path PATH = Path.of("keys.bin");

    /** What a procedure may return. */
    public record Found(String name, int[] ids, List<Double> values, Object none) {}

    private static DoneCommand command(final long commit, final Object result, final Schema schema) {
        return new DoneCommand(new byte[] {1, (byte) commit, 9}, new byte[] {(byte) commit}, result, schema)
                .committed(commit, commit * 2);
    }

    private static Object again(final Object result) {
        final byte[] file = KeysFile.write(List.of(command(5, result, Schema.EMPTY)));
        final DoneCommand read = KeysFile.read(file, PATH).get(0);
        assertEquals(5, read.commit());
        assertEquals(10, read.tick());
        assertArrayEquals(new byte[] {1, 5, 9}, read.key());
        assertArrayEquals(new byte[] {5}, read.reply());
        assertEquals(Schema.EMPTY, read.schema());
        return read.result();
    }

    @Test
    void shouldKeepEveryKindOfAnswer() {
        for (final Object value : Arrays.asList(
                null,
                true,
                false,
                Long.MIN_VALUE,
                -0.0,
                Double.NaN,
                1.5f,
                "a text, \u00e4",
                List.of(1L, List.of("x")),
                Map.of("a", 1L),
                BigInteger.TWO.pow(64),
                new BigDecimal("0.10"),
                new PushResult(
                        true,
                        List.of(new PushResult.Column("n", "i64", null)),
                        List.of(new PushResult.Column("m", "f64", "i64"))))) {
            assertEquals(value, again(value));
        }
        assertEquals(7L, again(7));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) again(new byte[] {1, 2}));
        final Map<String, Object> found = new HashMap<>(Map.of("name", "n", "ids", List.of(1L, 2L)));
        found.put("values", List.of(0.5));
        found.put("none", null);
        assertEquals(found, again(new Found("n", new int[] {1, 2}, List.of(0.5), null)));
    }

    @Test
    void shouldKeepThePartsOfABatch() {
        final Submission part = Submission.answered(new byte[] {1, 2, 3}, 4L);
        final List<?> parts = (List<?>) again(List.of(part));
        final Submission read = (Submission) parts.get(0);
        assertEquals(3, read.replyLength());
        assertEquals(3, read.reply().getByte(2));
        assertEquals(4L, read.result());
        assertEquals(Schema.EMPTY, read.schema());
    }

    @Test
    void shouldKnowWhatWasDoneWithoutItsAnswer() {
        final List<DoneCommand> commands = new ArrayList<>();
        commands.add(new DoneCommand(new byte[] {1, 1}, null, null, null).committed(1, 2));
        for (int i = 0; i <= KeysFile.MAX_SCHEMAS; i++) {
            commands.add(command(2 + i, null, new Schema(i, Map.of(), Map.of(), 1)));
        }
        final List<DoneCommand> read = KeysFile.read(KeysFile.write(commands), PATH);
        assertEquals(commands.size(), read.size());
        assertFalse(read.get(0).hasAnswer());
        assertFalse(read.get(1).hasAnswer(), "its schema is one too many");
        assertTrue(read.get(2).hasAnswer());
    }

    @Test
    void shouldRefuseWhatIsNoSuchFile() {
        final byte[] file = KeysFile.write(List.of(command(1, "x", Schema.EMPTY)));
        for (int length = 0; length < file.length; length++) {
            final byte[] cut = Arrays.copyOf(file, length);
            assertEquals(
                    ErrorCode.STORAGE_DAMAGED,
                    assertThrows(DbException.class, () -> KeysFile.read(cut, PATH))
                            .code());
        }
    }
}
