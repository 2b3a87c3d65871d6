package io.taktdb.core.accessor;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes chunks of one interface for one layout.
 *
 * <pre>{@code
 * ChunkAccessors<MobChunk> accessors = ChunkAccessors.of(MobChunk.class, table.layout());
 * MobChunk chunk = accessors.create();           // one per thread
 * accessors.wrap(chunk, addresses, rows, firstRow);
 * }</pre>
 *
 * The class behind it is hidden, generated once per interface and shape of layout, and unloaded when nobody holds it.
 *
 * <p>Threading: any thread.
 */
public final class ChunkAccessors<T extends Chunk> {
    private static final ClassValue<Map<LayoutShape, WeakReference<ChunkAccessors<?>>>> MADE = new ClassValue<>() {
        @Override
        protected Map<LayoutShape, WeakReference<ChunkAccessors<?>>> computeValue(final Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final MethodHandle constructor;
    private final Class<T> type;
    private final int[] readFields;
    private final int[] writtenFields;

    private ChunkAccessors(final Class<T> type, final TableLayout layout) {
        this.type = type;
        final List<ChunkMethod> methods = ChunkMethods.of(type, layout);
        constructor = define(type, new ChunkClass(type, layout).write(methods));
        readFields = fields(methods, false);
        writtenFields = fields(methods, true);
    }

    /**
     * The accessors of an interface for a layout.
     *
     * @throws DbException INVALID_SCHEMA a method fits no field of the table; the text names both
     */
    public static <T extends Chunk> ChunkAccessors<T> of(final Class<T> type, final TableLayout layout) {
        final Map<LayoutShape, WeakReference<ChunkAccessors<?>>> made = MADE.get(type);
        final LayoutShape shape = LayoutShape.of(layout);
        final WeakReference<ChunkAccessors<?>> reference = made.get(shape);
        final ChunkAccessors<?> known = reference == null ? null : reference.get();
        if (known != null) {
            @SuppressWarnings("unchecked") // the map belongs to this type
            final ChunkAccessors<T> accessors = (ChunkAccessors<T>) known;
            return accessors;
        }
        made.values().removeIf(old -> old.get() == null);
        final ChunkAccessors<T> accessors = new ChunkAccessors<>(type, layout);
        made.put(shape, new WeakReference<>(accessors));
        return accessors;
    }

    private static MethodHandle define(final Class<?> type, final byte[] bytes) {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            final MethodHandle made;
            if (lookup.hasFullPrivilegeAccess()) {
                final MethodHandles.Lookup hidden = lookup.defineHiddenClass(bytes, true);
                made = hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
            } else { // another module, such as that of another class loader
                made = MethodHandles.publicLookup()
                        .findConstructor(new ChunkLoader(type).define(bytes), MethodType.methodType(void.class));
            }
            return made.asType(MethodType.methodType(Chunk.class));
        } catch (final IllegalAccessException | IllegalAccessError e) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "chunk interface cannot be reached: interface=" + type.getName() + ", module="
                            + type.getModule().getName() + "; make it public and open its package to TaktDB",
                    e);
        } catch (final NoSuchMethodException e) {
            throw new IllegalStateException("generated class has no constructor: interface=" + type.getName(), e);
        }
    }

    private static int[] fields(final List<ChunkMethod> methods, final boolean written) {
        return methods.stream()
                .filter(method -> method.writes() == written)
                .mapToInt(ChunkMethod::field)
                .distinct()
                .sorted()
                .toArray();
    }

    /** A new chunk that shows nothing yet: for one thread, used again and again. */
    public T create() {
        try {
            return type.cast((Chunk) constructor.invokeExact());
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("generated constructor failed: interface=" + type.getName(), e);
        }
    }

    /**
     * Points a chunk at pages.
     *
     * @param chunk from {@link #create}
     * @param pageAddressByGroup address of the chunk's page in each group of the layout; groups that the interface does
     *     not touch may be anything
     * @param rows live rows, 1 to the layout's rows per chunk
     * @param firstRow number within the table of the chunk's first row
     */
    public void wrap(final T chunk, final long[] pageAddressByGroup, final int rows, final long firstRow) {
        ((BoundChunk) chunk).bind(pageAddressByGroup, rows, firstRow);
    }

    /** Positions in the schema of the fields that have a getter, ascending; a copy. */
    public int[] readFields() {
        return readFields.clone();
    }

    /** Positions in the schema of the fields that have a setter, ascending; a copy. */
    public int[] writtenFields() {
        return writtenFields.clone();
    }
}
