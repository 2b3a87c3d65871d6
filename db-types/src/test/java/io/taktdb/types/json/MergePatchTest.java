package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merge patches; the first rows are the cases of RFC 7396, appendix A. */
final class MergePatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}|{\"a\":null}|{}",
                "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
                "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
                "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
                "{\"a\":\"b\"}|[\"c\"]|[\"c\"]",
                "{\"a\":\"foo\"}|null|null",
                "{\"a\":\"foo\"}|\"bar\"|\"bar\"",
                "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
                "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
                "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}",
                "{\"n\":1.50,\"big\":9007199254740993,\"z\":-0.0}|{\"m\":1e400}"
                        + "|{\"n\":1.50,\"big\":9007199254740993,\"z\":-0.0,\"m\":1e400}",
                "{\"a\":[{\"b\":null}]}|{\"c\":[null,{\"d\":null}]}|{\"a\":[{\"b\":null}],\"c\":[null,{\"d\":null}]}",
                "{\"\":1,\"x\\ny\":{\"q\\\"\":2}}|{\"x\\ny\":{\"r\":3},\"\":null}|{\"x\\ny\":{\"q\\\"\":2,\"r\":3}}",
                "5|{\"a\":{}}|{\"a\":{}}",
            })
    void shouldMergeAsTheRfcSays(final String target, final String patch, final String result) throws IOException {
        assertEquals(result, merge(target, patch));
    }

    @Test
    void shouldRefuseMoreKeysThanAnObjectMayHaveWhenThePatchBringsThem() {
        final StringBuilder patch = new StringBuilder("{\"k0\":1");
        for (int i = 1; i <= StrictJson.MAX_KEYS; i++) {
            patch.append(",\"k").append(i).append("\":1");
        }
        final DbException refused = Assertions.assertThrows(
                DbException.class, () -> merge("{}", patch.append('}').toString()));
        assertEquals("too many keys in one object: limit=10000; send fewer", refused.getMessage());
    }

    private static String merge(final String target, final String patch) throws IOException {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        try (JsonParser into = StrictJson.parser(target);
                JsonParser from = StrictJson.parser(patch)) {
            into.nextToken();
            from.nextToken();
            final byte[] text = new byte[new MergePatch().merge(into, from, out, 0)];
            out.getBytes(0, text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
