package io.taktdb.runtime.procedure;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a procedure as a Java record says them.
 *
 * <pre>
 *   boolean bool · byte i8 · short i16 · int i32 · long i64 · float f32 · double f64
 *   String string · byte[] bytes · a Java enum enum(A,B,..) · {@literal @}As("u64") long, {@literal @}As("json") String
 *   Integer, Long, Double .. and Optional&lt;String&gt;: the same, may be absent or null
 * </pre>
 *
 * Threading: immutable.
 */
public final class RecordShape<P extends Record> {
    private static final Map<Class<?>, FieldType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, ScalarType.BOOL),
            Map.entry(byte.class, ScalarType.I8),
            Map.entry(short.class, ScalarType.I16),
            Map.entry(int.class, ScalarType.I32),
            Map.entry(long.class, ScalarType.I64),
            Map.entry(float.class, ScalarType.F32),
            Map.entry(double.class, ScalarType.F64),
            Map.entry(String.class, VariableType.STRING),
            Map.entry(byte[].class, VariableType.BYTES));

    private final Class<P> type;
    private final List<Parameter> parameters;
    private final Class<?>[] javaTypes;
    private final MethodHandle constructor;
    private final MethodHandle[] accessors;

    private RecordShape(
            final Class<P> type,
            final List<Parameter> parameters,
            final Class<?>[] javaTypes,
            final MethodHandle constructor,
            final MethodHandle[] accessors) {
        this.type = type;
        this.parameters = parameters;
        this.javaTypes = javaTypes;
        this.constructor = constructor;
        this.accessors = accessors;
    }

    /**
     * The shape of a record type.
     *
     * @throws DbException INVALID_SCHEMA a component of a type that parameters cannot have, or a class out of reach
     */
    public static <P extends Record> RecordShape<P> of(final Class<P> type) {
        final RecordComponent[] components = type.getRecordComponents();
        final List<Parameter> parameters = new ArrayList<>();
        final Class<?>[] javaTypes = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            javaTypes[i] = components[i].getType();
            parameters.add(parameter(type, components[i], i));
        }
        try {
            final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            final MethodHandle[] accessors = new MethodHandle[components.length];
            for (int i = 0; i < components.length; i++) {
                accessors[i] = lookup.findVirtual(
                                type, components[i].getName(), MethodType.methodType(components[i].getType()))
                        .asType(MethodType.methodType(Object.class, Record.class));
            }
            final MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, javaTypes));
            final MethodHandle spread = constructor
                    .asSpreader(Object[].class, javaTypes.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape<>(type, List.copyOf(parameters), javaTypes, spread, accessors);
        } catch (final ReflectiveOperationException e) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "parameters cannot be constructed: record=" + type.getName() + "; open its package to io.taktdb",
                    e);
        }
    }

    private static Parameter parameter(final Class<?> owner, final RecordComponent component, final int position) {
        Class<?> java = component.getType();
        boolean optional = false;
        if (java == Optional.class) {
            java = String.class;
            optional = true;
        } else if (!java.isPrimitive() && MethodType.methodType(java).unwrap().returnType() != java) {
            java = MethodType.methodType(java).unwrap().returnType();
            optional = true;
        }
        final As as = component.getAnnotation(As.class);
        final FieldType type;
        if (as != null) {
            type = TypeParser.parse(as.value(), Map.of());
            requireJavaType(owner, component, java, type);
        } else if (java.isEnum()) {
            type = EnumType.of(
                    null,
                    Arrays.stream(java.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList());
        } else {
            type = TYPES.get(java);
        }
        if (type == null) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "no parameter type for a Java type: record=" + owner.getName() + ", component="
                            + component.getName() + ", type=" + java.getName()
                            + "; use numbers, booleans, String, byte[], enums, or @As");
        }
        return new Parameter(position, component.getName(), type, optional);
    }

    /** A type that was asked for by annotation must be one that the component's Java type holds. */
    private static void requireJavaType(
            final Class<?> owner, final RecordComponent component, final Class<?> java, final FieldType type) {
        final Class<?> expected = type instanceof ScalarType scalar
                ? switch (scalar) {
                    case U8, U16 -> int.class;
                    case U32, U64, TIMESTAMP -> long.class;
                    default ->
                        TYPES.entrySet().stream()
                                .filter(entry -> entry.getValue() == scalar)
                                .findFirst()
                                .<Class<?>>map(Map.Entry::getKey)
                                .orElse(null);
                }
                : type == VariableType.BYTES ? byte[].class : type instanceof VariableType ? String.class : null;
        if (expected != java) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "@As does not fit the Java type: record=" + owner.getName() + ", component=" + component.getName()
                            + ", type=" + java.getName() + ", expected="
                            + (expected == null ? "none for " + type.spelling() : expected.getSimpleName()));
        }
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Makes the record from a command's row, whose field ids are positions.
     *
     * @throws DbException SCHEMA_MISMATCH a parameter is missing or of another kind
     */
    public P read(final RowCursor row) {
        final Object[] values = new Object[javaTypes.length];
        while (row.next()) {
            if (row.fieldId() >= 0 && row.fieldId() < values.length) {
                values[row.fieldId()] = value(parameters.get(row.fieldId()), row.value());
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (javaTypes[i] == Optional.class) {
                values[i] = Optional.ofNullable(values[i]);
            } else if (values[i] == null && !parameters.get(i).optional()) {
                throw new DbException(
                                ErrorCode.SCHEMA_MISMATCH,
                                "parameter is required: parameter="
                                        + parameters.get(i).name() + ", type="
                                        + parameters.get(i).type().spelling())
                        .with("parameter", parameters.get(i).name());
            }
        }
        try {
            return type.cast(constructor.invokeExact(values));
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new DbException(ErrorCode.PROCEDURE_FAILED, "parameters were refused: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a record as a command's row, for {@link #read}.
     *
     * @throws DbException SCHEMA_MISMATCH another record, a number out of range, or null where a value is required
     */
    public void write(final Record record, final RowWriter row) {
        if (!type.isInstance(record)) {
            throw new DbException(
                    ErrorCode.SCHEMA_MISMATCH,
                    "parameters are another record: expected=" + type.getName() + ", came="
                            + record.getClass().getName());
        }
        for (final Parameter parameter : parameters) {
            ParameterWriter.write(row, parameter, component(record, parameter.position()));
        }
    }

    private Object component(final Record record, final int position) {
        try {
            final Object value = (Object) accessors[position].invokeExact(record);
            return value instanceof Optional<?> optional ? optional.orElse(null) : value;
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new DbException(ErrorCode.SCHEMA_MISMATCH, "parameter cannot be read: cause=" + e, e);
        }
    }

    private Object value(final Parameter parameter, final ValueCursor value) {
        if (value.isNull()) {
            return null;
        }
        if (value.kind() != ValueKind.of(parameter.type())) {
            throw new DbException(
                            ErrorCode.SCHEMA_MISMATCH,
                            "parameter has another type: parameter=" + parameter.name() + ", expected="
                                    + parameter.type().spelling() + ", came=" + ValueKind.describe(value.kind()))
                    .with("parameter", parameter.name());
        }
        if (parameter.type() instanceof VariableType variable) {
            final byte[] bytes = new byte[value.length()];
            value.buffer().getBytes(value.offset(), bytes);
            return variable == VariableType.BYTES ? bytes : new String(bytes, StandardCharsets.UTF_8);
        }
        if (parameter.type() instanceof EnumType) {
            return enumConstant(parameter.position(), value);
        }
        return scalar((ScalarType) parameter.type(), value);
    }

    private Object enumConstant(final int position, final ValueCursor value) {
        final int index = value.length() == 1
                ? value.buffer().getByte(value.offset()) & 0xFF
                : value.buffer().getShort(value.offset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        return javaTypes[position].getEnumConstants()[index];
    }

    private static Object scalar(final ScalarType type, final ValueCursor value) {
        final int at = value.offset();
        return switch (type) {
            case BOOL -> value.buffer().getByte(at) != 0;
            case I8 -> value.buffer().getByte(at);
            case I16 -> value.buffer().getShort(at, ByteOrder.LITTLE_ENDIAN);
            case I32 -> value.buffer().getInt(at, ByteOrder.LITTLE_ENDIAN);
            case F32 -> value.buffer().getFloat(at, ByteOrder.LITTLE_ENDIAN);
            case F64 -> value.buffer().getDouble(at, ByteOrder.LITTLE_ENDIAN);
            case U8 -> value.buffer().getByte(at) & 0xFF;
            case U16 -> value.buffer().getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            case U32 -> value.buffer().getInt(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            case I64, U64, TIMESTAMP -> value.buffer().getLong(at, ByteOrder.LITTLE_ENDIAN);
            case UUID -> throw new DbException(ErrorCode.INVALID_SCHEMA, "uuid parameters are read as bytes");
        };
    }
}
