package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import org.junit.jupiter.api.function.Executable;

/** Expectations of errors, for tests. */
public final class Errors {
    private Errors() {}

    /** The error that a call throws, whose text must hold all the parts. */
    public static DbException expect(final ErrorCode code, final Executable call, final String... parts) {
        final DbException thrown = assertThrows(DbException.class, call);
        assertEquals(code, thrown.code(), thrown::getMessage);
        for (final String part : parts) {
            assertTrue(thrown.getMessage().contains(part), () -> "no '" + part + "' in: " + thrown.getMessage());
        }
        return thrown;
    }
}
