package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.EchoServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with certificates that the test makes for itself. */
final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private KeyStore trusted;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        trusted = write("first");
    }

    /** Makes a key and a certificate that signs itself, writes both as PEM, and answers a store that trusts it. */
    private KeyStore write(final String name) throws Exception {
        final Path store = folder.resolve(name + ".p12");
        final Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        final String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0, said);
        final KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD);
        }
        final X509Certificate signed = (X509Certificate) made.getCertificate("server");
        pem(certificate, "CERTIFICATE", signed.getEncoded());
        pem(key, "PRIVATE KEY", made.getKey("server", PASSWORD).getEncoded());
        final KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, PASSWORD);
        trust.setCertificateEntry("server", signed);
        return trust;
    }

    private static void pem(final Path file, final String what, final byte[] bytes) throws IOException {
        final String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static HttpClient client(final KeyStore trust) throws Exception {
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private static HttpResponse<String> ask(final HttpClient client, final EchoServer server, final String path)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(
                                "https://127.0.0.1:" + server.server().port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private EchoServer start(final Tls tls) {
        return EchoServer.start(
                HttpServerConfig.loopback(0).withEventLoops(1).withTls(Optional.of(tls)), submission -> {});
    }

    @Test
    void shouldServeTextLargeAnswersAndFilesEncrypted() throws Exception {
        try (EchoServer server = start(new Tls(certificate, key))) {
            final HttpClient client = client(trusted);
            final HttpResponse<String> hello = ask(client, server, "/");
            assertEquals("hello", hello.body());
            assertTrue(hello.sslSession().orElseThrow().getProtocol().startsWith("TLSv1."));
            assertEquals(4 << 20, ask(client, server, "/large").body().length());
            assertEquals("file content", ask(client, server, "/file").body());
            final HttpRequest closing = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + server.server().port() + "/echo"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("[" + "1,".repeat(50_000) + "1]"))
                    .build();
            assertEquals(
                    100_003,
                    client.send(closing, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .length());
        }
    }

    @Test
    void shouldUseTheNewCertificateForNewConnectionsWhenReloaded() throws Exception {
        final Tls tls = new Tls(certificate, key);
        try (EchoServer server = start(tls)) {
            final HttpClient before = client(trusted);
            assertEquals("hello", ask(before, server, "/").body());
            final KeyStore others = write("second");
            tls.reload();
            assertEquals("hello", ask(client(others), server, "/").body());
            assertThrows(SSLHandshakeException.class, () -> ask(client(trusted), server, "/"));
            assertEquals("hello", ask(before, server, "/").body(), "open connections go on");
            Files.writeString(certificate, "nonsense");
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, tls::reload);
            assertTrue(e.getMessage().contains("certificate=" + certificate), e.getMessage());
            assertEquals("hello", ask(client(others), server, "/").body());
        }
    }

    @Test
    void shouldCloseAndServeOthersWhenClientSpeaksInTheClear() throws Exception {
        try (EchoServer server = start(new Tls(certificate, key))) {
            try (var plain = server.connect()) {
                plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                plain.drain();
            }
            assertEquals("hello", ask(client(trusted), server, "/").body());
        }
    }
}
