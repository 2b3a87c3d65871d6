package io.taktdb.testrunner.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComparisonTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static JsonNode json(final String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static String differences(final String expected, final String actual, final boolean strict)
            throws JsonProcessingException {
        final List<Difference> all = Comparison.differences(json(expected), json(actual), "$", strict);
        return all.stream()
                .map(Difference::toString)
                .collect(Collectors.joining("; "))
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|1.0",
                "18446744073709551615|18446744073709551615",
                "0.1|0.10",
                "1e3|1000",
                "null|null",
                "{}|{'a':1}",
                "{'a':{'b':1}}|{'a':{'b':1,'c':2},'d':3}",
                "[1,{'a':2}]|[1,{'a':2,'b':3}]",
                "{'$any':true}|null",
                "{'a':{'$absent':true}}|{}",
                "{'$type':'integer'}|5",
                "{'$type':'number'}|5.5",
                "{'$type':'null'}|null",
                "{'$gte':1,'$lte':1}|1",
                "{'$gt':1,'$lt':2}|1.5",
                "{'$matches':'^a.c$'}|'abc'",
                "{'$length':2}|[1,2]",
                "{'$length':1}|'😀'",
                "{'$length':{'$gt':1}}|{'a':1,'b':2}",
                "{'$contains':{'a':1}}|[{'b':1},{'a':1,'c':2}]",
                "{'$contains':'ell'}|'hello'",
                "{'$unordered':[{'a':1},{'a':2}]}|[{'a':2},{'a':1,'b':0}]",
                "{'$not':{'$contains':1}}|[2]",
                "{'a':{'$not':1}}|{}",
                "{'$oneOf':[1,{'$gt':5}]}|6",
                "{'$equals':{'$gt':1}}|{'$gt':1.0}",
                "{'$exactly':{'a':[1]}}|{'a':[1]}",
            })
    void shouldFindNoDifferenceWhenValueMatches(final String expected, final String actual)
            throws JsonProcessingException {
        assertEquals("", differences(expected, actual, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|'1'|$: expected 1, got '1'",
                "1|true|$: expected 1, got true",
                "9007199254740993|9007199254740992|$: expected 9007199254740993, got 9007199254740992",
                "{'a':1}|[1]|$: expected {'a':1}, got [1]",
                "{'ab':{'c':1}}|{'ab':{'d':1}}|$.ab.c: expected 1, but the member is missing: members=[d]; "
                        + "did you mean d?",
                "{'a':1}|{'bcdefg':1}|$.a: expected 1, but the member is missing: members=[bcdefg]",
                "[1,2]|[1,3]|$[1]: expected 2, got 3",
                "[1]|[1,2]|$: expected 1 elements, got 2: [1,2]",
                "{'a':null}|{}|$.a: expected null, but the member is missing: members=[]",
                "{'a':{'$any':true}}|{}|$.a: expected any, got nothing",
                "{'a':{'$absent':true}}|{'a':null}|$.a: expected absent, got null",
                "{'$type':'integer'}|1.5|$: expected type 'integer', got 1.5",
                "{'$gt':1}|1|$: expected gt 1, got 1",
                "{'$gt':1}|'2'|$: expected gt 1, got '2'",
                "{'$matches':'^b'}|'abc'|$: expected matches '^b', got 'abc'",
                "{'$length':2}|[1]|$.length: expected 2, got 1",
                "{'$length':2}|5|$: expected something with a length, got 5",
                "{'$contains':{'a':1}}|[{'a':2}]|$: expected contains {'a':1}, got [{'a':2}]",
                "{'$unordered':[1,1]}|[1,2]|$: expected unordered [1,1], got [1,2]",
                "{'$not':1}|1|$: expected not 1, got 1",
                "{'$oneOf':[1,2]}|3|$: expected oneOf [1,2], got 3",
                "{'$equals':{'a':1}}|{'a':1,'b':2}|$: expected equals {'a':1}, got {'a':1,'b':2}",
                "{'x':{'$exactly':{'a':1}}}|{'x':{'a':1,'b':2}}|$.x.b: not expected, got 2",
            })
    void shouldSayPathAndBothValuesWhenValueDiffers(final String expected, final String actual, final String text)
            throws JsonProcessingException {
        assertEquals(text, differences(expected, actual, false));
    }

    @Test
    void shouldNameFurtherMembersWhenComparisonIsStrict() throws JsonProcessingException {
        assertEquals(
                "$.a[0].c: not expected, got 2; $.d: not expected, got 3",
                differences("{'a':[{'b':1}]}", "{'a':[{'b':1,'c':2}],'d':3}", true));
    }

    @Test
    void shouldFollowPathsWhenTheyExist() throws JsonProcessingException {
        final JsonNode root = json("{'a':[{'b-c':1},{'b-c':2}]}");
        assertEquals("2", JsonPath.find(root, "$.a[1].b-c").toString());
        assertEquals("2", JsonPath.find(root, ".a[-1].b-c").toString());
        assertEquals(root, JsonPath.find(root, "$"));
        for (final String missing : List.of("$.x", "$.a[2]", "$.a.b", "$.a[x]", "$a")) {
            assertEquals(true, JsonPath.find(root, missing).isMissingNode(), missing);
        }
    }
}
