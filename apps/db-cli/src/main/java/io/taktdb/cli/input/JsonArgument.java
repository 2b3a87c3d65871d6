package io.taktdb.cli.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON as users give it: in place, as {@code @file}, or as {@code -} for standard input; checked before it is sent. */
public final class JsonArgument {
    private static final int SHOWN_CHARACTERS = 60;

    private JsonArgument() {}

    /**
     * The bytes to send.
     *
     * @throws CliFailure no JSON (usage, or local file), or an unreadable file
     */
    public static byte[] read(final String argument, final InputStream standardInput) {
        if ("-".equals(argument)) {
            try {
                return checkedFile("standard input", standardInput.readAllBytes());
            } catch (final IOException e) {
                throw CliFailure.localFile("standard input cannot be read: reason=" + e.getMessage());
            }
        }
        if (argument.startsWith("@")) {
            return checkedFile(argument.substring(1), readFile(argument.substring(1)));
        }
        final byte[] json = argument.getBytes(StandardCharsets.UTF_8);
        final String fault = fault(json);
        if (fault != null) {
            throw CliFailure.usage("not JSON: " + fault + ", text=" + shortened(argument)
                    + "; quote it for the shell, or write @file");
        }
        return json;
    }

    /** A local file as a failure's text. */
    static CliFailure unreadable(final String file, final IOException cause) {
        final String reason = cause instanceof NoSuchFileException ? "no such file" : reason(cause);
        return CliFailure.localFile("file cannot be read: file=" + file + ", reason=" + reason);
    }

    static String reason(final IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Where JSON breaks and why, in one line. */
    static String fault(final JsonProcessingException cause) {
        final JsonLocation where = cause.getLocation();
        final String place =
                where == null ? "" : "line=" + where.getLineNr() + ", column=" + where.getColumnNr() + ", ";
        return place + "reason="
                + cause.getOriginalMessage().lines().findFirst().orElse("?");
    }

    private static byte[] readFile(final String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] checkedFile(final String name, final byte[] json) {
        final String fault = fault(json);
        if (fault != null) {
            throw CliFailure.localFile("not JSON: file=" + name + ", " + fault);
        }
        return json;
    }

    private static String fault(final byte[] json) {
        try {
            return Answer.JSON.readTree(json).isMissingNode() ? "reason=nothing there" : null;
        } catch (final JsonProcessingException e) {
            return fault(e);
        } catch (final IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static String shortened(final String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
