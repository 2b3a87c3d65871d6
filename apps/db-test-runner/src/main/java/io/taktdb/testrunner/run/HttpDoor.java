package io.taktdb.testrunner.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Sends requests to the server of one plan. Threading: one thread. */
final class HttpDoor {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    static {
        if (System.getProperty(RESTRICTED) == null) {
            System.setProperty(RESTRICTED, "host,connection,expect,upgrade"); // plans may send any header
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @throws IOException nobody answered, or not in HTTP */
    HttpCall send(final String method, final URI uri, final Map<String, String> headers, final byte[] body)
            throws IOException, StepFailure {
        final HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (final Map.Entry<String, String> header : headers.entrySet()) {
            try {
                request.setHeader(header.getKey(), header.getValue());
            } catch (final IllegalArgumentException e) {
                throw new StepFailure("header cannot be sent: name=" + header.getKey() + ", reason=" + e.getMessage());
            }
        }
        final HttpRequest built = request.build();
        try {
            return new HttpCall(built, body, http.send(built, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer");
        }
    }

    /**
     * Fetches a large body into a file.
     *
     * @return the status
     */
    int download(final URI uri, final Path file) throws IOException {
        try {
            final HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
            return http.send(request, HttpResponse.BodyHandlers.ofFile(file)).statusCode();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer");
        }
    }
}
