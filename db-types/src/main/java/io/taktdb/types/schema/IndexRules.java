package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an index may be: the rules that hold for every index, however it came about.
 *
 * <p>A key is made of the fields' values: fixed ones whole, texts up to a number of bytes that depends on what the
 * others leave. Threading: pure.
 */
public final class IndexRules {
    /** The most indexes of one table. */
    public static final int MAX_INDEXES = 64;

    /** The most fields of one index. */
    public static final int MAX_FIELDS = 8;

    /** The most bytes of a key, without the record's id at its end. */
    public static final int MAX_KEY_BYTES = 1016;

    /** The most bytes of one text in a key. */
    public static final int MAX_TEXT_BYTES = 256;

    private static final int MIN_TEXT_BYTES = 32;
    private static final int TEXT_END_BYTES = 2;
    private static final String UNIQUE = "_unique";

    private IndexRules() {}

    /** Whether keys can be made of a type: all but json and nested ones, and not wider than a text may be. */
    public static boolean isIndexable(final FieldType type) {
        return type != VariableType.JSON && !(type instanceof NestedType) && type.rowBytes() <= MAX_TEXT_BYTES;
    }

    /** How many bytes of each text a key of these fields holds, {@value #MAX_TEXT_BYTES} at the most. */
    public static int textBytes(final List<Field> fields) {
        int texts = 0;
        int fixed = 0;
        for (final Field field : fields) {
            fixed += field.optional() ? 1 : 0;
            if (field.type().isVariable()) {
                texts++;
            } else {
                fixed += field.type().rowBytes();
            }
        }
        final int left = MAX_KEY_BYTES - fixed;
        return texts == 0 ? left : Math.min(MAX_TEXT_BYTES, left / texts - TEXT_END_BYTES);
    }

    /** The fields of an index, in its order. */
    public static List<Field> fieldsOf(final TableSchema table, final IndexSchema index) {
        final List<Field> fields = new ArrayList<>(index.fieldIds().size());
        for (final int id : index.fieldIds()) {
            fields.add(table.fieldById(id));
        }
        return fields;
    }

    /**
     * The table with one more index.
     *
     * @throws DbException INVALID_NAME, ALREADY_EXISTS, FIELD_NOT_FOUND, INVALID_SCHEMA or LIMIT_EXCEEDED
     */
    public static TableSchema add(final TableSchema table, final IndexSpec spec) {
        Names.require("index", spec.name());
        for (final IndexSchema other : table.indexes()) {
            if (Names.fold(other.name()).equals(Names.fold(spec.name()))) {
                throw new DbException(
                                ErrorCode.ALREADY_EXISTS,
                                "index exists already: table=" + table.name() + ", index=" + spec.name() + ", existing="
                                        + other.name() + "; choose another name")
                        .with("table", table.name())
                        .with("index", spec.name())
                        .with("existing", other.name());
            }
        }
        if (table.indexes().size() >= MAX_INDEXES) {
            throw limit("too many indexes: table=" + table.name(), MAX_INDEXES);
        }
        final List<Integer> ids = resolve(table, spec);
        final List<IndexSchema> indexes = new ArrayList<>(table.indexes());
        final IndexSchema made = new IndexSchema(spec.name(), ids, spec.kind(), spec.unique());
        indexes.add(made);
        final TableSchema changed = table.withIndexes(indexes);
        check(changed, made);
        return changed;
    }

    private static List<Integer> resolve(final TableSchema table, final IndexSpec spec) {
        if (spec.fields().isEmpty()) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "index has no fields: table=" + table.name() + ", index=" + spec.name() + "; name at least one");
        }
        if (spec.fields().size() > MAX_FIELDS) {
            throw limit("too many fields in an index: table=" + table.name() + ", index=" + spec.name(), MAX_FIELDS);
        }
        final List<Integer> ids = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final String name : spec.fields()) {
            if (!seen.add(name)) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "index names a field twice: table=" + table.name() + ", index=" + spec.name() + ", field="
                                + Names.abbreviate(name));
            }
            ids.add(table.requireField(name).id());
        }
        return ids;
    }

    /**
     * Checks that keys can be made of an index's fields.
     *
     * @throws DbException INVALID_SCHEMA naming table, index and field
     */
    public static void check(final TableSchema table, final IndexSchema index) {
        final List<Field> fields = fieldsOf(table, index);
        for (final Field field : fields) {
            if (!isIndexable(field.type())) {
                throw new DbException(
                                ErrorCode.INVALID_SCHEMA,
                                "type cannot be indexed: table=" + table.name() + ", index=" + index.name()
                                        + ", field=" + field.name() + ", type="
                                        + field.type().spelling() + "; json, list, option, oneof and types above "
                                        + MAX_TEXT_BYTES
                                        + " bytes have no keys")
                        .with("table", table.name())
                        .with("index", index.name())
                        .with("field", field.name());
            }
        }
        if (textBytes(fields) < MIN_TEXT_BYTES
                        && fields.stream().anyMatch(f -> f.type().isVariable())
                || textBytes(fields) < 0) {
            throw limit("keys would be too long: table=" + table.name() + ", index=" + index.name(), MAX_KEY_BYTES);
        }
    }

    /** The table with a unique ordered index on one field, unless it has one. */
    public static TableSchema addUnique(final TableSchema table, final Field field) {
        if (table.isUnique(field)) {
            return table;
        }
        final int most = Names.MAX_LENGTH - UNIQUE.length();
        final String name = field.name().length() > most ? field.name().substring(0, most) : field.name();
        return add(table, IndexSpec.unique(name + UNIQUE, field.name()));
    }

    /** The table with the indexes that were asked for by themselves, and those of fields that are to be unique. */
    public static TableSchema addAll(
            final TableSchema table, final List<IndexSpec> indexes, final List<FieldSpec> fields) {
        TableSchema made = table;
        for (final IndexSpec index : indexes) {
            made = add(made, index);
        }
        for (final FieldSpec field : fields) {
            if (field.unique()) {
                made = addUnique(made, made.requireField(field.name()));
            }
        }
        return made;
    }

    /**
     * The index of a table by name.
     *
     * @throws DbException INDEX_NOT_FOUND with the nearest name
     */
    public static IndexSchema require(final TableSchema table, final String name) {
        final List<String> names = new ArrayList<>();
        for (final IndexSchema index : table.indexes()) {
            if (index.name().equals(name)) {
                return index;
            }
            names.add(index.name());
        }
        final String shown = Names.abbreviate(name);
        throw new DbException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "index not found: table=" + table.name() + ", index=" + shown
                                + Suggestion.didYouMean(name, names))
                .with("table", table.name())
                .with("index", shown);
    }

    private static DbException limit(final String fact, final int limit) {
        return new DbException(ErrorCode.LIMIT_EXCEEDED, fact + ", limit=" + limit + "; use fewer or smaller ones")
                .with("limit", limit);
    }
}
