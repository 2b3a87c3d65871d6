package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TableSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaDiffTest {
    private static Schema schema(final String singleQuoted) {
        return SchemaJson.readSchema(StrictJson.parser(singleQuoted.replace('\'', '"')));
    }

    private static List<SchemaDiff.Step> steps(final String from, final String to) {
        return SchemaDiff.between(schema(from), schema(to));
    }

    @Test
    void shouldNameEveryStepWhenSchemasDiffer() {
        final List<SchemaDiff.Step> steps = steps(
                "{'types':[{'name':'Old','kind':'enum','names':['a']}],'tables':["
                        + "{'name':'gone','fields':[{'name':'o','type':'Old'}]},"
                        + "{'name':'t','fields':[{'name':'a','type':'i8'},{'name':'b','type':'i64'},"
                        + "{'name':'c','type':'i8'}]}]}",
                "{'types':[{'name':'New','kind':'enum','names':['a']}],'tables':["
                        + "{'name':'made','fields':[{'name':'n','type':'New'}]},"
                        + "{'name':'t','fields':[{'name':'d','type':'i8'},{'name':'b','type':'i8'},"
                        + "{'name':'a','type':'i64'}]}]}");

        assertEquals(
                List.of(
                        DropTable.class,
                        DropField.class,
                        DropField.class,
                        WidenField.class,
                        DropType.class,
                        CreateEnum.class,
                        AddField.class,
                        AddField.class,
                        CreateTable.class),
                steps.stream().map(step -> step.change().getClass()).toList());
        assertEquals(
                List.of(true, true, true, false, false, false, false, false, false),
                steps.stream().map(SchemaDiff.Step::losesData).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'optional':true|property=optional",
                "'default':5|property=default",
                "'group':'cold'|property=group"
            })
    void shouldConflictWhenAnOptionOfAFieldDiffers(final String option, final String part) {
        final String plain = "{'tables':[{'name':'t','fields':[{'name':'a','type':'i8'}]}]}";

        Errors.expect(
                ErrorCode.CONFLICT,
                () -> steps(plain, plain.replace("'i8'", "'i8'," + option)),
                "table=t, field=a",
                part);
        assertEquals(List.of(), steps(plain, plain));
    }

    @Test
    void shouldConflictWhenATableOrTypeIsDefinedOtherwise() {
        final String plain = "{'types':[{'name':'E','kind':'enum','names':['a']}],'tables':[{'name':'t','fields':[]}]}";

        Errors.expect(
                ErrorCode.CONFLICT,
                () -> steps(plain, plain.replace("'fields'", "'maxRows':5,'fields'")),
                "table=t, property=maxRows");
        Errors.expect(
                ErrorCode.CONFLICT,
                () -> steps(plain, plain.replace("'fields'", "'groups':[{'name':'g','layout':'rows'}],'fields'")),
                "table=t, property=groups");
        Errors.expect(
                ErrorCode.CONFLICT, () -> steps(plain, plain.replace("['a']", "['b']")), "type=E, property=definition");
    }

    @Property
    void shouldArriveWhenTheStepsAreApplied(@ForAll final long seed, @ForAll final long other) {
        final Schema current = new SampleSchemas(seed).schema();
        final Schema wanted = new SampleSchemas(other).schema();
        final List<SchemaDiff.Step> steps;
        try {
            steps = SchemaDiff.between(current, wanted);
        } catch (final DbException e) {
            assertEquals(ErrorCode.CONFLICT, e.code(), e::getMessage);
            return;
        }
        final Schema reached = SchemaEvolution.applyAll(
                current, steps.stream().map(SchemaDiff.Step::change).toList());

        assertEquals(content(wanted), content(reached), steps::toString);
        assertEquals(List.of(), SchemaDiff.between(reached, wanted));
        assertTrue(wanted.types().equals(reached.types()), steps::toString);
    }

    /** What a schema says, without ids and order. */
    private static Map<String, List<String>> content(final Schema schema) {
        final Map<String, List<String>> content = new TreeMap<>();
        for (final TableSchema table : schema.tables().values()) {
            content.put(
                    table.name() + table.maxRows() + table.groups(),
                    table.fields().stream()
                            .sorted(Comparator.comparing(Field::name))
                            .map(f -> f.name() + f.type() + f.optional() + f.defaultJson() + f.group())
                            .toList());
        }
        return content;
    }
}
