package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered with: status, header fields, and nothing, bytes or a file.
 *
 * <p>Framing ({@code content-length}, {@code connection}, {@code date}) is added when it is sent. Owns its content
 * until then. Threading: one thread at a time.
 */
public final class Response {
    /** Room at the front of a content buffer for the head, so that head and content leave as one piece. */
    public static final int HEAD_GAP = 384;

    private static final int FIRST_CONTENT_BYTES = 512;

    private int status;
    private final List<String> headers = new ArrayList<>(4);
    private String contentType;
    private ByteBuf content;
    private FileContent file;
    private Takeover takeover;
    private boolean hasLength = true;
    private boolean hasDoneNothing;
    private long tick = -1;
    private long commit = -1;

    private Response(final int status) {
        this.status = status;
    }

    /** An answer without content so far. */
    public static Response of(final int status) {
        return new Response(status);
    }

    /**
     * An answer with JSON content.
     *
     * @param content from {@link #newContent}; now owned by the answer
     */
    public static Response json(final int status, final ByteBuf content) {
        return new Response(status).content(MediaType.JSON, content);
    }

    /** A buffer for content with {@link #HEAD_GAP} bytes of room in front. */
    public static ByteBuf newContent(final ByteBufAllocator allocator) {
        return allocator.directBuffer(HEAD_GAP + FIRST_CONTENT_BYTES).setIndex(HEAD_GAP, HEAD_GAP);
    }

    /**
     * Sets the content.
     *
     * @param bytes now owned by the answer
     */
    public Response content(final String type, final ByteBuf bytes) {
        contentType = type;
        content = bytes;
        return this;
    }

    /** Sets short text as content. */
    public Response text(final String type, final String text, final ByteBufAllocator allocator) {
        final ByteBuf bytes = newContent(allocator);
        ByteBufUtil.writeUtf8(bytes, text);
        return content(type, bytes);
    }

    /** Sets a file as content; it is deleted when it was sent, or could not be. */
    public Response file(final String type, final FileContent sent) {
        contentType = type;
        file = sent;
        return this;
    }

    /** Says what the content would be, for HEAD where making it would cost too much. */
    public Response described(final String type) {
        contentType = type;
        hasLength = false;
        return this;
    }

    /** Hands the connection over once the head is written; no further request is taken from it. */
    public Response takeOver(final String type, final Takeover successor) {
        contentType = type;
        hasLength = false;
        takeover = successor;
        return this;
    }

    /** Who gets the connection after the head, or null. */
    public Takeover takeover() {
        return takeover;
    }

    /**
     * Adds a header field.
     *
     * @param name in lower case
     */
    public Response header(final String name, final String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /** Says that the client has the content already. */
    public Response notModified() {
        status = 304;
        return this;
    }

    /** Says that the request had no effect although the status is no error, as with JSON-RPC. */
    public Response withoutEffect() {
        hasDoneNothing = true;
        return this;
    }

    /** Whether the request was done, so that it must not be done again. */
    boolean isDone() {
        return status < 300 && !hasDoneNothing;
    }

    /** Gives compressed content a tag of its own. */
    void tagCompressed() {
        Compression.retag(headers);
    }

    /** Lets go of the content that was made for an answer which has none. */
    void dropContent() {
        contentType = null;
        content.release();
        content = null;
    }

    /** Says which state the answer shows. */
    public Response state(final long shownTick, final long shownCommit) {
        tick = shownTick;
        commit = shownCommit;
        return this;
    }

    public int status() {
        return status;
    }

    /** Whether the length of the content is known. */
    public boolean hasLength() {
        return hasLength;
    }

    /** The first value of a header, or empty. */
    String headerValue(final String name) {
        final int place = headers.indexOf(name);
        return place < 0 ? "" : headers.get(place + 1);
    }

    /** Names and values in turn. */
    public List<String> headers() {
        return headers;
    }

    /** Media type of the content, or null. */
    public String contentType() {
        return contentType;
    }

    /** The content, or null when there is none or it is a file. */
    public ByteBuf content() {
        return content;
    }

    /** The file that is the content, or null. */
    public FileContent file() {
        return file;
    }

    /** Tick of the state shown, or -1. */
    public long tick() {
        return tick;
    }

    /** Commit of the state shown, or -1. */
    public long commit() {
        return commit;
    }

    /** Gives the content back, for an answer that cannot be sent. */
    public void release() {
        if (content != null) {
            content.release();
            content = null;
        }
        if (file != null) {
            file.discard();
            file = null;
        }
        if (takeover != null) {
            takeover.ended();
            takeover = null;
        }
    }
}
