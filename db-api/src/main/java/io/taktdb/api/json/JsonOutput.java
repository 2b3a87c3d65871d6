package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;

/** A JSON generator that appends UTF-8 to a network buffer. Threading: one thread. */
public final class JsonOutput implements AutoCloseable {
    private final JsonGenerator generator;

    private JsonOutput(final JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes at the end of the buffer, which stays the caller's. */
    public static JsonOutput to(final ByteBuf buffer) throws IOException {
        return new JsonOutput(StrictJson.generator(new ByteBufOutputStream(buffer)));
    }

    public JsonGenerator generator() {
        return generator;
    }

    /** Moves what was written so far into the buffer. */
    public void flush() throws IOException {
        generator.flush();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
