package io.taktdb.api.rpc;

/**
 * One parameter of a built-in method.
 *
 * @param type in words, for errors
 * @param schema JSON Schema, for the OpenRPC document
 */
record RpcParam(String name, String type, boolean required, String schema) {
    static RpcParam text(final String name) {
        return new RpcParam(name, "string", true, "{\"type\":\"string\"}");
    }

    static RpcParam optionalText(final String name) {
        return new RpcParam(name, "string", false, "{\"type\":\"string\"}");
    }

    static RpcParam id(final String name, final boolean required) {
        return new RpcParam(name, "u64", required, "{\"type\":[\"integer\",\"string\"],\"minimum\":0}");
    }

    static RpcParam integer(final String name) {
        return new RpcParam(name, "integer", false, "{\"type\":\"integer\",\"minimum\":0}");
    }

    static RpcParam flag(final String name) {
        return new RpcParam(name, "boolean", false, "{\"type\":\"boolean\"}");
    }

    static RpcParam array(final String name) {
        return new RpcParam(name, "array", true, "{\"type\":\"array\"}");
    }

    static RpcParam filter() {
        return new RpcParam(
                "filter",
                "object",
                false,
                "{\"type\":\"object\",\"description\":\"conditions by field, such as "
                        + "{\\\"hp.gt\\\":5}: eq, ne, lt, le, gt,"
                        + " ge, in, like, is\"}");
    }

    static RpcParam record(final String name) {
        return new RpcParam(name, "object", true, "{\"type\":\"object\"}");
    }

    static RpcParam records(final String name) {
        return new RpcParam(name, "object or array of objects", true, "{\"type\":[\"object\",\"array\"]}");
    }
}
