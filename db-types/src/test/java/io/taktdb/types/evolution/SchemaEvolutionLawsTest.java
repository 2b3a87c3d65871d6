package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

final class SchemaEvolutionLawsTest {
    @Property
    @Tag("rl_1:relation_fields_immutable")
    void shouldLeaveTheInputAloneWhenAChangeIsMadeOrRefused(@ForAll final long seed) {
        final SampleSchemas samples = new SampleSchemas(seed);
        final Schema before = samples.schema();
        final byte[] storedBefore = SchemaJson.toStored(before);
        final SchemaChange change = samples.change(before);
        try {
            final Schema after = SchemaEvolution.apply(before, change);
            assertEquals(before.version() + 1, after.version());
            assertEquals(after, SchemaEvolution.apply(before, change), "the same change gives the same schema");
        } catch (final DbException e) {
            assertTrue(e.code().isCallersFault(), e::getMessage);
        }
        assertArrayEquals(storedBefore, SchemaJson.toStored(before), change::toString);
    }

    @Property
    @Tag("sl_2:test_type_serialization_roundtrip")
    void shouldBeEqualWhenAnySchemaIsStoredAndReadAgain(@ForAll final long seed) {
        final Schema schema = new SampleSchemas(seed).schema();
        final Schema read = SchemaJson.fromStored(SchemaJson.toStored(schema));

        assertEquals(schema, read);
        assertEquals(schema.hashCode(), read.hashCode());
        assertArrayEquals(SchemaJson.toStored(schema), SchemaJson.toStored(read), "order included");
    }

    @Property
    void shouldDoTheSameWhenChangesComeFromTheJournal(@ForAll final long seed) {
        final SampleSchemas samples = new SampleSchemas(seed);
        final Schema before = samples.schema();
        final SchemaChange change = samples.change(before);
        final byte[] journalled = SchemaJson.changesToBytes(List.of(change));
        try {
            final List<SchemaChange> read = SchemaJson.changesFromBytes(journalled, 0, journalled.length);
            assertEquals(outcome(before, change), outcome(before, read.get(0)));
        } catch (final DbException e) {
            assertTrue(outcome(before, change).startsWith("refused"), e::getMessage);
        }
    }

    private static String outcome(final Schema before, final SchemaChange change) {
        try {
            return new String(SchemaJson.toStored(SchemaEvolution.apply(before, change)), StandardCharsets.UTF_8);
        } catch (final DbException e) {
            return "refused: " + e.getMessage();
        }
    }

    @Property(tries = 200)
    void shouldNeverGiveAnIdTwiceWhenTheSchemaGoesOn(@ForAll final long seed) {
        final SampleSchemas samples = new SampleSchemas(seed);
        final Set<Integer> tablesOnce = new HashSet<>();
        final Map<Integer, Set<Integer>> fieldsOnce = new HashMap<>();
        Schema schema = Schema.EMPTY;
        for (int i = 0; i < 60; i++) {
            final Schema next;
            try {
                next = SchemaEvolution.apply(schema, samples.change(schema));
            } catch (final DbException e) {
                continue;
            }
            for (final TableSchema table : next.tables().values()) {
                final TableSchema old = schema.tableById(table.id());
                assertTrue(old != null || tablesOnce.add(table.id()), "table id given twice: " + table.id());
                final Set<Integer> known = fieldsOnce.computeIfAbsent(table.id(), id -> new HashSet<>());
                for (final Field field : table.fields()) {
                    final boolean stays = old != null && old.fields().stream().anyMatch(f -> f.id() == field.id());
                    assertTrue(stays || known.add(field.id()), "field id given twice: " + field);
                    assertTrue(field.id() < table.nextFieldId(), field::toString);
                }
            }
            schema = next;
        }
    }
}
