package io.taktdb.api.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.taktdb.api.http.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * The certificate with which connections are encrypted: TLS 1.3 and 1.2 by the JDK.
 *
 * <p>Threading: any; {@link #reload} takes effect with the next connection.
 */
public final class Tls {
    private final Path certificate;
    private final Path key;
    private volatile SslContext context;

    /**
     * Reads the files.
     *
     * @param certificate PEM, the server's first, then those that signed it
     * @param key PEM, PKCS#8 without a password
     * @throws IllegalArgumentException they cannot be read, or do not belong together
     */
    public Tls(final Path certificate, final Path key) {
        this.certificate = certificate;
        this.key = key;
        reload();
    }

    /**
     * Reads the files again; if they are not valid, what was read before stays.
     *
     * @throws IllegalArgumentException as at first
     */
    public void reload() {
        try {
            context = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (final SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "certificate cannot be used: certificate=" + certificate + ", key=" + key + ", cause="
                            + (e.getCause() == null ? e : e.getCause())
                            + "; give a certificate and its key as PEM files, the key as PKCS#8 without a password",
                    e);
        }
    }

    /** Encrypts a new connection. */
    void secure(final Channel channel) {
        channel.pipeline().addLast(context.newHandler(channel.alloc()), new ChunkedWriteHandler());
    }

    /** The file as a message that the connection can send: as it is only without encryption. */
    static Object fileMessage(final ChannelPipeline pipeline, final FileContent file) {
        if (pipeline.get(SslHandler.class) == null) {
            return new DefaultFileRegion(file.path().toFile(), 0, file.length());
        }
        try {
            return new ChunkedNioFile(FileChannel.open(file.path()));
        } catch (final IOException e) {
            file.discard();
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will be sent. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails there closes the channel
    static void endOutput(final Channel channel) {
        final SslHandler encrypted = channel.pipeline().get(SslHandler.class);
        if (encrypted == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            encrypted.closeOutbound();
        }
    }
}
