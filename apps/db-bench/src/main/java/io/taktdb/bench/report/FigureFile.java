package io.taktdb.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Figures as a file of one JSON object per line: {@code {name, value, unit, peer, ratio}}. */
public final class FigureFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final MathContext DIGITS = new MathContext(4);

    private FigureFile() {}

    /** Writes the file, replacing what was there. */
    public static void write(final Path file, final List<Figure> figures) {
        final List<String> lines = new ArrayList<>();
        try {
            for (final Figure figure : figures) {
                lines.add(line(figure));
            }
            Files.write(file, lines);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write figures: file=" + file + ", cause=" + e.getMessage(), e);
        }
    }

    private static String line(final Figure figure) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("name", figure.name());
            json.writeNumberField("value", rounded(figure.value()));
            json.writeStringField("unit", figure.unit());
            json.writeStringField("peer", figure.peer());
            json.writeNumberField("ratio", rounded(figure.ratio()));
            json.writeEndObject();
        }
        return text.toString();
    }

    private static BigDecimal rounded(final double value) {
        return BigDecimal.valueOf(value).round(DIGITS);
    }
}
