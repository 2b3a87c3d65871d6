package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** What a step does. Texts and values may hold <code>${variables}</code>, which are filled in when the step runs. */
public sealed interface Action {
    /** A few words for reports. */
    String words();

    /**
     * One HTTP request.
     *
     * @param query, headers names and values; empty objects if there are none
     */
    record Request(String method, String path, JsonNode query, JsonNode headers, Body body) implements Action {
        @Override
        public String words() {
            return method + " " + path;
        }
    }

    /**
     * One JSON-RPC call.
     *
     * @param params null to leave them out
     */
    record Rpc(String method, JsonNode params) implements Action {
        @Override
        public String words() {
            return "rpc " + method;
        }
    }

    /** Records pushed into a collection. */
    record Push(String collection, JsonNode headers, Body body) implements Action {
        @Override
        public String words() {
            return "push " + collection;
        }
    }

    /** Lets the server go on for a number of ticks. */
    record Wait(int ticks) implements Action {
        @Override
        public String words() {
            return "wait " + ticks + " ticks";
        }
    }

    /** Stops the server and starts it on the same data. */
    record Restart() implements Action {
        @Override
        public String words() {
            return "restart";
        }
    }

    /** Kills the server's process, as a loss of power would, and starts it on the same data. */
    record Kill() implements Action {
        @Override
        public String words() {
            return "kill";
        }
    }

    /**
     * One query on a dump that is fetched now.
     *
     * @param expect the rows, each an array of values
     */
    record Sql(String query, JsonNode expect) implements Action {
        @Override
        public String words() {
            return "sql " + query;
        }
    }

    /**
     * The first events of a stream of live changes.
     *
     * @param then requests that are sent once the first event has come
     * @param expect the events, each {@code {event, id, data}}
     */
    record Stream(String table, JsonNode query, List<Request> then, JsonNode expect) implements Action {
        public Stream {
            then = List.copyOf(then);
        }

        @Override
        public String words() {
            return "stream " + table;
        }
    }

    /**
     * A command of the command line client.
     *
     * @param expect of {@code {exit, out, err, json}}; json is what out says as JSON
     */
    record Cli(JsonNode args, String input, JsonNode expect) implements Action {
        @Override
        public String words() {
            return "cli " + (args.isEmpty() ? "" : args.get(0).asText());
        }
    }

    /** Steps that belong together, mostly to be repeated with a table of values. */
    record Group(List<Step> steps) implements Action {
        public Group {
            steps = List.copyOf(steps);
        }

        @Override
        public String words() {
            return steps.size() + " steps";
        }
    }

    /** What a request carries. */
    sealed interface Body {
        /** No body and no content type. */
        record None() implements Body {}

        /** A JSON value. */
        record Json(JsonNode value) implements Body {}

        /** Text that is sent as it stands, valid JSON or not. */
        record Raw(String text) implements Body {}

        /**
         * Long text: {@code before}, then {@code repeat} many times with {@code separator} between, then {@code after}.
         * A {@code %d} in {@code repeat} becomes the count from 0.
         */
        record Repeated(String before, String repeat, int times, String separator, String after) implements Body {}

        /** Bytes in hexadecimal, for what is not even text. */
        record Bytes(String hex) implements Body {}

        /** A file's bytes. */
        record FromFile(Path file) implements Body {}
    }
}
