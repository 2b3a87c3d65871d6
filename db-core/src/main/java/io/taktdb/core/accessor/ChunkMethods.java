package io.taktdb.core.accessor;

import io.taktdb.core.accessor.ChunkMethod.Index;
import io.taktdb.core.accessor.ChunkMethod.What;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VectorType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Matches the methods of a chunk interface with the fields of a table.
 *
 * <p>Threading: used once, by one thread.
 */
final class ChunkMethods {
    private final Class<?> type;
    private final TableLayout layout;
    private final TableSchema schema;

    private ChunkMethods(final Class<?> type, final TableLayout layout) {
        this.type = type;
        this.layout = layout;
        this.schema = layout.schema();
    }

    /**
     * The methods that a class for this layout has to implement, beside those of {@link Chunk}.
     *
     * @throws DbException INVALID_SCHEMA the type is no chunk interface, or a method fits no field
     */
    static List<ChunkMethod> of(final Class<?> type, final TableLayout layout) {
        return new ChunkMethods(type, layout).match();
    }

    private List<ChunkMethod> match() {
        if (!type.isInterface() || !Chunk.class.isAssignableFrom(type) || type.isSealed()) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "not a chunk interface: type=" + type.getName() + "; write an interface that extends "
                            + Chunk.class.getName());
        }
        final List<ChunkMethod> methods = new ArrayList<>();
        final Method[] declared = type.getMethods();
        Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(Method::toString));
        for (final Method method : declared) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfChunk(method)) {
                methods.add(match(method));
            }
        }
        methods.forEach(method -> refuseBothForms(method, methods));
        return methods;
    }

    /** An int given to the setter of a run would silently call the getter of an element instead. */
    private void refuseBothForms(final ChunkMethod method, final List<ChunkMethod> methods) {
        if (method.index() == Index.RUN
                && methods.stream()
                        .anyMatch(other -> other.field() == method.field() && other.index() == Index.ROW_AND_ELEMENT)) {
            throw refuse(
                    method.method(),
                    method.field(),
                    "the interface offers the vector by element too; keep one form, and write a second interface");
        }
    }

    private static boolean isOfChunk(final Method method) {
        return Stream.of(Chunk.class.getMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private ChunkMethod match(final Method method) {
        final int field = schema.indexOf(method.getName());
        if (field < 0) {
            return matchPresence(method);
        }
        final FieldPlace place = layout.fields().get(field);
        final ColumnType column = ColumnType.of(place.field().type());
        if (column == null) {
            throw refuse(method, field, "a type that chunks do not offer; read it through the table's row reader");
        }
        final boolean set = returnsNothingOrChunk(method);
        final Index index = indexOf(method, place, set ? column.java() : null);
        if (index == null || !set && method.getReturnType() != column.java()) {
            throw refuse(method, field, "expected=" + expected(method.getName(), place, column, set));
        }
        if (index == Index.RUN && layout.groups().get(place.group()).layout() != GroupLayout.COLUMNS) {
            throw refuse(method, field, "its group lies in rows, so vectors are no single run; add int element");
        }
        return new ChunkMethod(method, set ? What.SET : What.GET, index, field, place, column);
    }

    private boolean returnsNothingOrChunk(final Method method) {
        return method.getReturnType() == void.class
                || method.getReturnType().isInterface()
                        && method.getReturnType().isAssignableFrom(type);
    }

    /**
     * How the parameters find a value, or null when they do not fit.
     *
     * @param value type of a setter's value, or null
     */
    private static Index indexOf(final Method method, final FieldPlace place, final Class<?> value) {
        final List<Class<?>> came = new ArrayList<>(Arrays.asList(method.getParameterTypes()));
        if (value != null && (came.isEmpty() || came.remove(came.size() - 1) != value)) {
            return null;
        }
        final boolean vector = place.field().type() instanceof VectorType;
        if (came.equals(List.of(int.class))) {
            return vector ? Index.RUN : Index.ROW;
        }
        return vector && came.equals(List.of(int.class, int.class)) ? Index.ROW_AND_ELEMENT : null;
    }

    private static String expected(
            final String name, final FieldPlace place, final ColumnType column, final boolean set) {
        final String where = place.field().type() instanceof VectorType ? "int row, int element" : "int row";
        return set
                ? "void " + name + "(" + where + ", " + column.java() + " value)"
                : column.java() + " " + name + "(" + where + ")";
    }

    private ChunkMethod matchPresence(final Method method) {
        for (final What what : List.of(What.HAS, What.CLEAR)) {
            final String prefix = what == What.HAS ? "has" : "clear";
            final int field = method.getName().startsWith(prefix)
                    ? fieldAfter(method.getName().substring(prefix.length()))
                    : -1;
            if (field < 0) {
                continue;
            }
            final FieldPlace place = layout.fields().get(field);
            if (!place.isOptional()) {
                throw refuse(method, field, "the field is not optional; leave the method out");
            }
            final boolean returns =
                    what == What.HAS ? method.getReturnType() == boolean.class : returnsNothingOrChunk(method);
            final ColumnType column = ColumnType.of(place.field().type());
            if (!returns || !Arrays.equals(method.getParameterTypes(), new Class<?>[] {int.class}) || column == null) {
                throw refuse(
                        method,
                        field,
                        "expected=" + (what == What.HAS ? "boolean " : "void ") + method.getName() + "(int row)");
            }
            return new ChunkMethod(method, what, Index.ROW, field, place, column);
        }
        throw new DbException(
                ErrorCode.INVALID_SCHEMA,
                "method is named after no field: interface=" + type.getName() + ", method=" + signature(method)
                        + ", table=" + schema.name()
                        + Suggestion.didYouMean(
                                method.getName(),
                                schema.fields().stream().map(one -> one.name()).toList()));
    }

    /** The field in {@code hasTarget} or {@code has_target}, or -1. */
    private int fieldAfter(final String rest) {
        if (rest.isEmpty()) {
            return -1;
        }
        final int spelled = schema.indexOf(Character.toLowerCase(rest.charAt(0)) + rest.substring(1));
        return spelled >= 0 || rest.charAt(0) != '_' ? spelled : schema.indexOf(rest.substring(1));
    }

    private DbException refuse(final Method method, final int field, final String why) {
        return new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "method does not fit its field: interface=" + type.getName() + ", method=" + signature(method)
                                + ", table=" + schema.name() + ", field="
                                + schema.fields().get(field).name() + ", type="
                                + schema.fields().get(field).type().spelling() + "; " + why)
                .with("table", schema.name())
                .with("field", schema.fields().get(field).name());
    }

    private static String signature(final Method method) {
        return method.getReturnType().getSimpleName() + " " + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
