package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.taktdb.api.http.Headers;
import io.taktdb.api.http.RequestHead;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads a request's head line by line (RFC 9112), and refuses what could be understood in two ways.
 *
 * <p>Refused: no or more than one {@code Host}, folded lines, space around a field name, control characters, more than
 * one or a signed {@code Content-Length}, {@code Content-Length} beside {@code Transfer-Encoding}, any transfer coding
 * but a single {@code chunked}, versions other than HTTP/1.x. Threading: one event loop.
 */
final class HeadReader {
    private static final int MAX_METHOD_LENGTH = 32;
    private static final int MAX_HEADERS = 256;

    /** What may stand in a method or a field name (RFC 9110, tchar). */
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (final char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[A-Za-z0-9._~-]{1,255})(:[0-9]{0,5})?");
    private static final String HTTP_SCHEME = "http://";
    private static final String VERSION_PREFIX = "HTTP/1.";

    private final int uriBytes;
    private final LineRoom line;
    private String lastAuthority;
    private String method;
    private String target;
    private boolean http10;
    private Headers headers;

    /**
     * @param line room for the longest line; may be shared by readers of the same event loop
     */
    HeadReader(final int uriBytes, final LineRoom line) {
        this.uriBytes = uriBytes;
        this.line = line;
    }

    /**
     * Takes the request line.
     *
     * @param length bytes without the line's end
     */
    void requestLine(final ByteBuf in, final int start, final int length) {
        final byte[] bytes = take(in, start, length);
        final int methodEnd = indexOf(bytes, (byte) ' ', 0, length);
        final int targetEnd = methodEnd < 0 ? -1 : indexOf(bytes, (byte) ' ', methodEnd + 1, length);
        if (targetEnd < 0) {
            throw fault("request line is not method, target and version");
        }
        if (methodEnd == 0 || methodEnd > MAX_METHOD_LENGTH || !isToken(bytes, 0, methodEnd)) {
            throw fault("method is not a token of 1 to " + MAX_METHOD_LENGTH + " letters");
        }
        if (targetEnd - methodEnd - 1 > uriBytes) {
            throw uriTooLong(uriBytes);
        }
        for (int i = methodEnd + 1; i < targetEnd; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7F || bytes[i] == '#') {
                throw fault("request target has a character that is not allowed: byte=" + (bytes[i] & 0xFF)
                        + "; percent-encode it");
            }
        }
        http10 = minorVersion(bytes, targetEnd + 1, length) == 0;
        target = ascii(bytes, methodEnd + 1, targetEnd);
        method = line.text(0, methodEnd);
        headers = new Headers();
    }

    /** Takes a header line. */
    void headerLine(final ByteBuf in, final int start, final int length) {
        final byte[] bytes = take(in, start, length);
        checkHeaderLine(bytes, length);
        if (headers.size() == MAX_HEADERS) {
            throw new DbException(ErrorCode.HEADERS_TOO_LARGE, "too many header fields: limit=" + MAX_HEADERS);
        }
        final int colon = indexOf(bytes, (byte) ':', 0, length);
        int from = colon + 1;
        int to = length;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        for (int i = 0; i < colon; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
                bytes[i] = (byte) (bytes[i] + 'a' - 'A');
            }
        }
        headers.add(line.text(0, colon), line.text(from, to));
    }

    /** Checks a trailer line, which is otherwise ignored. */
    void trailerLine(final ByteBuf in, final int start, final int length) {
        checkHeaderLine(take(in, start, length), length);
    }

    private static void checkHeaderLine(final byte[] bytes, final int length) {
        if (isSpace(bytes[0])) {
            throw fault("header line is folded; send each field on one line");
        }
        final int colon = indexOf(bytes, (byte) ':', 0, length);
        if (colon <= 0 || !isToken(bytes, 0, colon)) {
            throw fault("header line is not a field name, a colon and a value");
        }
        for (int i = colon + 1; i < length; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7F) {
                throw fault("header field has a control character: name=" + ascii(bytes, 0, colon));
            }
        }
    }

    /** Ends the head and makes sense of it. */
    RequestHead finish() {
        final String authority = authority();
        final String path = pathAndQuery();
        final int question = path.indexOf('?');
        final RequestHead head = new RequestHead(
                method,
                question < 0 ? path : path.substring(0, question),
                question < 0 ? null : path.substring(question + 1),
                authority,
                http10,
                headers,
                contentLength());
        final String expect = headers.get("expect");
        if (expect != null && !http10 && !"100-continue".equalsIgnoreCase(expect)) {
            throw fault("expectation is not known: expect=" + expect + "; only 100-continue is");
        }
        return head;
    }

    /** Host and port: the target's own, if it is a whole URI, else the Host field. */
    private String authority() {
        final int hosts = headers.count("host");
        if (hosts > 1 || (hosts == 0 && !http10)) {
            throw fault("request must have one Host field: count=" + hosts);
        }
        final String host = hosts == 0 ? "localhost" : headers.get("host");
        final String authority = target.startsWith(HTTP_SCHEME)
                ? target.substring(HTTP_SCHEME.length(), endOfAuthority(target, HTTP_SCHEME.length()))
                : host;
        if (!authority.equals(lastAuthority)) {
            if (!AUTHORITY.matcher(authority).matches()) {
                throw fault("host is not a host name with an optional port: host=" + authority);
            }
            lastAuthority = authority;
        }
        return lastAuthority;
    }

    private String pathAndQuery() {
        if (target.startsWith("/") || ("*".equals(target) && "OPTIONS".equals(method))) {
            return target;
        }
        if (target.startsWith(HTTP_SCHEME)) {
            final String rest = target.substring(endOfAuthority(target, HTTP_SCHEME.length()));
            return rest.startsWith("/") ? rest : "/" + rest;
        }
        throw fault("request target is neither a path nor an http URI");
    }

    private static int endOfAuthority(final String uri, final int start) {
        int end = start;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private long contentLength() {
        final int lengths = headers.count("content-length");
        final int codings = headers.count("transfer-encoding");
        if (codings > 0) {
            if (lengths > 0 || codings > 1 || http10) {
                throw fault("length of the body is ambiguous: content-length fields=" + lengths
                        + ", transfer-encoding fields=" + codings + "; send one of them");
            }
            if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
                throw fault("transfer coding is not supported: transfer-encoding=" + headers.get("transfer-encoding")
                        + "; send chunked");
            }
            return RequestHead.CHUNKED;
        }
        if (lengths == 0) {
            return 0;
        }
        final String length = headers.get("content-length");
        if (lengths > 1 || length.isEmpty() || length.length() > 18) {
            throw badLength();
        }
        long value = 0;
        for (int i = 0; i < length.length(); i++) {
            final int digit = length.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw badLength();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private DbException badLength() {
        return fault("Content-Length must be one decimal number: value=" + headers.list("content-length"));
    }

    private static int minorVersion(final byte[] bytes, final int start, final int end) {
        final int prefix = VERSION_PREFIX.length();
        if (end - start != prefix + 1 || bytes[end - 1] < '0' || bytes[end - 1] > '9') {
            throw badVersion();
        }
        for (int i = 0; i < prefix; i++) {
            if (bytes[start + i] != VERSION_PREFIX.charAt(i)) {
                throw badVersion();
            }
        }
        return bytes[end - 1] - '0';
    }

    private static DbException badVersion() {
        return fault("version is not HTTP/1.1 or HTTP/1.0");
    }

    private byte[] take(final ByteBuf in, final int start, final int length) {
        in.getBytes(start, line.bytes(), 0, length);
        return line.bytes();
    }

    private static boolean isToken(final byte[] bytes, final int start, final int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0 || !TOKEN[bytes[i]]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(final byte value) {
        return value == ' ' || value == '\t';
    }

    private static int indexOf(final byte[] bytes, final byte wanted, final int start, final int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String ascii(final byte[] bytes, final int start, final int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    static DbException uriTooLong(final int limit) {
        return new DbException(ErrorCode.URI_TOO_LONG, "request target is too long: limit=" + limit + " bytes");
    }

    private static DbException fault(final String detail) {
        return new DbException(ErrorCode.INVALID_REQUEST, detail);
    }
}
