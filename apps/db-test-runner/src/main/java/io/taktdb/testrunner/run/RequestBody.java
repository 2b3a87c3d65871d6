package io.taktdb.testrunner.run;

import io.taktdb.testrunner.plan.Action.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;

/** Turns what a plan says of a body into bytes. */
final class RequestBody {
    private RequestBody() {}

    static byte[] bytes(final Body body, final Scope scope) throws IOException {
        if (body instanceof Body.Json json) {
            return HttpCall.JSON.writeValueAsBytes(scope.fill(json.value()));
        }
        if (body instanceof Body.Raw raw) {
            return utf8(scope.fill(raw.text()));
        }
        if (body instanceof Body.Repeated repeated) {
            return utf8(repeated(repeated, scope));
        }
        if (body instanceof Body.Bytes bytes) {
            return HexFormat.of().parseHex(bytes.hex());
        }
        if (body instanceof Body.FromFile file) {
            return Files.readAllBytes(file.file());
        }
        return new byte[0];
    }

    private static String repeated(final Body.Repeated parts, final Scope scope) {
        final String repeat = scope.fill(parts.repeat());
        final String separator = scope.fill(parts.separator());
        final boolean counts = repeat.contains("%d");
        final StringBuilder text = new StringBuilder(scope.fill(parts.before()));
        for (int i = 0; i < parts.times(); i++) {
            text.append(i == 0 ? "" : separator).append(counts ? repeat.replace("%d", Integer.toString(i)) : repeat);
        }
        return text.append(scope.fill(parts.after())).toString();
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
