package io.taktdb.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static Samples samples(final double... values) {
        final Samples samples = new Samples();
        for (final double value : values) {
            samples.add(value);
        }
        return samples;
    }

    @Test
    void shouldTakeTheMiddleValue() {
        assertEquals(2, samples(9, 1, 2).median());
        assertEquals(3, samples(9, 1, 2, 4).median());
        assertEquals(1, samples(9, 1, 2).min());
        assertEquals(9, samples(9, 1, 2).max());
    }

    @Test
    void shouldCompareRoundByRound() {
        assertEquals(2, samples(2, 20, 4).medianRatio(samples(1, 10, 4)));
    }

    @Test
    void shouldWriteOneObjectPerLine(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("figures.jsonl");

        FigureFile.write(
                file,
                List.of(
                        new Figure("movement.10k", 0.234567, "ns/row", "float[]", 1.0123456),
                        new Figure("movement.1M", 12, "ns/row", "artemis-odb", 0.05)));

        assertEquals(
                List.of(
                        "{\"name\":\"movement.10k\",\"value\":0.2346,\"unit\":\"ns/row\",\"peer\":\"float[]\","
                                + "\"ratio\":1.012}",
                        "{\"name\":\"movement.1M\",\"value\":12.0,\"unit\":\"ns/row\",\"peer\":\"artemis-odb\","
                                + "\"ratio\":0.05}"),
                Files.readAllLines(file));
    }
}
