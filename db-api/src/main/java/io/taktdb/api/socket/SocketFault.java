package io.taktdb.api.socket;

/** Why a WebSocket must be closed: a code of RFC 6455, 7.4.1, and a reason for people. Threading: immutable. */
public final class SocketFault extends RuntimeException {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int NOT_ACCEPTED = 1003;
    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_LARGE = 1009;
    public static final int INTERNAL = 1011;

    private static final long serialVersionUID = 1L;

    private final int code;

    public SocketFault(final int code, final String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** The close code. */
    public int code() {
        return code;
    }
}
