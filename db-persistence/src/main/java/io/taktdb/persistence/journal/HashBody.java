package io.taktdb.persistence.journal;

import io.taktdb.runtime.journal.HashedState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The body of a hash frame, as {@link JournalFormat} draws it. Threading: none of its own. */
final class HashBody {
    private HashBody() {}

    static byte[] encode(final HashedState state) {
        final List<byte[]> names = new ArrayList<>();
        int bytes = Long.BYTES + Integer.BYTES;
        for (final HashedState.Table table : state.tables()) {
            names.add(table.name().getBytes(StandardCharsets.UTF_8));
            bytes += Integer.BYTES + names.get(names.size() - 1).length + Long.BYTES;
        }
        final ByteBuffer body = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        body.putLong(state.hash()).putInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            body.putInt(names.get(i).length)
                    .put(names.get(i))
                    .putLong(state.tables().get(i).hash());
        }
        return body.array();
    }

    static HashedState decode(final Frame frame) {
        final ByteBuffer body =
                ByteBuffer.wrap(frame.body(), 0, frame.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        final long hash = body.getLong();
        final int count = body.getInt();
        final List<HashedState.Table> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final byte[] name = new byte[body.getInt()];
            body.get(name);
            tables.add(new HashedState.Table(new String(name, StandardCharsets.UTF_8), body.getLong()));
        }
        return new HashedState(frame.commit(), frame.tick(), hash, tables);
    }
}
