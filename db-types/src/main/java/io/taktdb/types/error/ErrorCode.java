package io.taktdb.types.error;

/**
 * What went wrong, as one word that means the same in the engine, in HTTP, in JSON-RPC and in the CLI.
 *
 * <p>{@link #status()} is the HTTP status of the contract; {@link #rpcCode()} is {@code -32000 - ordinal}, which
 * JSON-RPC 2.0 leaves to applications. New codes go at the end: the ordinal is part of the contract.
 */
public enum ErrorCode {
    INTERNAL(500, "Internal error"),
    INVALID_JSON(400, "Not valid JSON"),
    INVALID_REQUEST(400, "Invalid request"),
    INVALID_NAME(400, "Invalid name"),
    INVALID_ID(400, "Invalid record id"),
    INVALID_PARAMETER(400, "Invalid query parameter"),
    INVALID_SCHEMA(400, "Invalid schema"),
    LIMIT_EXCEEDED(400, "Limit exceeded"),
    UNAUTHORIZED(401, "No valid token"),
    FORBIDDEN(403, "Not allowed"),
    ROUTE_NOT_FOUND(404, "Route not found"),
    TABLE_NOT_FOUND(404, "Table not found"),
    FIELD_NOT_FOUND(404, "Field not found"),
    RECORD_NOT_FOUND(404, "Record not found"),
    TYPE_NOT_FOUND(404, "Type not found"),
    PROCEDURE_NOT_FOUND(404, "Procedure not found"),
    SNAPSHOT_NOT_FOUND(404, "Snapshot not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    ALREADY_EXISTS(409, "Already exists"),
    CONFLICT(409, "Conflict"),
    TABLE_FULL(409, "Table is full"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    BODY_TOO_LARGE(413, "Body too large"),
    URI_TOO_LONG(414, "URI too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    HEADERS_TOO_LARGE(431, "Header fields too large"),
    SCHEMA_MISMATCH(422, "Does not fit the schema"),
    PROCEDURE_FAILED(422, "Procedure failed"),
    RATE_LIMITED(429, "Too many requests"),
    OVERLOADED(503, "Overloaded"),
    UNAVAILABLE(503, "Not available"),
    READ_ONLY(503, "Read-only"),
    OUT_OF_MEMORY(503, "Memory limit reached"),
    NOT_DURABLE(503, "Durable acknowledgement not available"),
    REQUEST_TIMEOUT(408, "Request timed out"),
    STORAGE_DAMAGED(500, "Stored data is damaged"),
    STORAGE_FAILED(503, "Files cannot be read or written"),
    INDEX_NOT_FOUND(404, "Index not found"),
    RELATION_NOT_FOUND(404, "Relation not found"),
    UPGRADE_REQUIRED(426, "Upgrade required");

    private final int status;
    private final String title;

    ErrorCode(final int status, final String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** Short, fixed text for people; never carries values. */
    public String title() {
        return title;
    }

    /** JSON-RPC error code: {@code -32000 - ordinal}. */
    public int rpcCode() {
        return -32000 - ordinal();
    }

    /** Whether the caller can mend it: such errors carry no stack trace, since input must not cost one. */
    public boolean isCallersFault() {
        return status < 500;
    }
}
