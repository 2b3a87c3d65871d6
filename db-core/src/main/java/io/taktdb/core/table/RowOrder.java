package io.taktdb.core.table;

import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which rows are wanted: by fields, then by id, which goes the way of the last field.
 *
 * <p>Texts sort by as many bytes as an index would hold of them, so that an index and a sort agree. Threading: one
 * thread.
 */
final class RowOrder {
    /** @param position of a field in the schema, or {@link RowFilter#ID} */
    record Term(int position, boolean descending) {}

    private final TableSchema table;
    private final List<Term> terms;
    private final KeyEncoder[] encoders;

    RowOrder(final TableSchema table, final List<Term> terms) {
        this.table = table;
        final List<Term> complete = new ArrayList<>(terms);
        if (terms.stream().noneMatch(term -> term.position() == RowFilter.ID)) {
            complete.add(new Term(
                    RowFilter.ID,
                    !terms.isEmpty() && terms.get(terms.size() - 1).descending()));
        }
        this.terms = complete;
        this.encoders = new KeyEncoder[complete.size()];
        Arrays.setAll(encoders, i -> new KeyEncoder(IndexRules.MAX_TEXT_BYTES));
    }

    /** Whether no field counts, only the id. */
    boolean isById() {
        return terms.get(0).position() == RowFilter.ID;
    }

    /** Whether an index walked one way gives the order, once its first fields are fixed. */
    boolean isGivenBy(final IndexKeys index, final int fixed) {
        final int fields = index.positions().length - fixed;
        if (terms.size() != fields + 1 || isTextCutShorter(index)) {
            return false;
        }
        for (int i = 0; i < fields; i++) {
            if (terms.get(i).position() != index.positions()[fixed + i]) {
                return false;
            }
        }
        return terms.get(fields).position() == RowFilter.ID
                && terms.stream().allMatch(term -> term.descending() == isDescending());
    }

    private static boolean isTextCutShorter(final IndexKeys index) {
        return index.textBytes() < IndexRules.MAX_TEXT_BYTES
                && index.fields().stream().anyMatch(field -> field.type().isVariable());
    }

    boolean isDescending() {
        return terms.get(0).descending();
    }

    /** What a row sorts by. */
    byte[][] keyOf(final RowReader row) {
        final byte[][] key = new byte[terms.size()][];
        for (int i = 0; i < key.length; i++) {
            final int position = terms.get(i).position();
            final KeyEncoder encoder = encoders[i].clear();
            if (position == RowFilter.ID) {
                encoder.addId(row.id());
            } else if (row.isNull(position)) {
                encoder.addNull();
            } else {
                final Field field = table.fields().get(position);
                final int length = row.length(position);
                encoder.add(field.type(), field.optional(), row.buffer(position), 0, length);
            }
            key[i] = Arrays.copyOf(encoder.bytes(), encoder.length());
        }
        return key;
    }

    /** Compares what {@link #keyOf} gave. */
    Comparator<byte[][]> comparator() {
        return (one, two) -> {
            for (int i = 0; i < one.length; i++) {
                final int order = Arrays.compareUnsigned(one[i], two[i]);
                if (order != 0) {
                    return terms.get(i).descending() ? -order : order;
                }
            }
            return 0;
        };
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Term term : terms) {
            final String name = term.position() == RowFilter.ID
                    ? "id"
                    : table.fields().get(term.position()).name();
            text.append(text.length() == 0 ? "" : ", ")
                    .append(term.descending() ? "-" : "")
                    .append(name);
        }
        return text.toString();
    }
}
