package io.taktdb.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.input.JsonArgument;
import io.taktdb.cli.view.JsonView;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Calls a procedure, or any other JSON-RPC method. */
@Command(
        name = "call",
        description = {
            "Call a procedure, or any other JSON-RPC method.",
            "A value is JSON if it reads as JSON, else text: amount=3, name=Ada, name='\"3\"', at='[1,2,3]'."
        })
final class CallCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "METHOD", converter = ArgumentText.class, description = "The method.")
    private String method;

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE|JSON",
            description = "Named values; or all parameters as one JSON object or array, @file, or -.")
    private List<String> arguments;

    @Override
    public void run() {
        final JsonNode result = root.client().call(method, params());
        if (root.json()) {
            root.printJson(result.toString());
        } else {
            new JsonView(root.console()).print(result);
        }
    }

    private JsonNode params() {
        if (arguments == null || arguments.isEmpty()) {
            return null;
        }
        final String first = arguments.get(0);
        final boolean whole = first.startsWith("{") || first.startsWith("[") || first.startsWith("@");
        if (arguments.size() == 1 && (whole || "-".equals(first))) {
            return whole(first);
        }
        final ObjectNode named = Answer.JSON.createObjectNode();
        for (final String argument : arguments) {
            final int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw CliFailure.usage("parameter has no name: argument=" + argument
                        + "; write name=value, or give all parameters as one JSON object or array");
            }
            final String name = argument.substring(0, equals);
            if (named.has(name)) {
                throw CliFailure.usage("parameter given twice: name=" + name);
            }
            named.set(name, value(argument.substring(equals + 1)));
        }
        return named;
    }

    private JsonNode whole(final String argument) {
        try {
            final JsonNode params = Answer.JSON.readTree(
                    JsonArgument.read(argument, root.console().in()));
            if (params.isContainerNode()) {
                return params;
            }
            throw CliFailure.usage("parameters are neither an object nor an array: parameters=" + params);
        } catch (final IOException e) {
            throw new IllegalStateException("checked JSON did not parse", e);
        }
    }

    private static JsonNode value(final String text) {
        try {
            final JsonNode value = Answer.JSON.readTree(text);
            return value.isMissingNode() ? Answer.JSON.getNodeFactory().textNode(text) : value;
        } catch (final JsonProcessingException e) {
            return Answer.JSON.getNodeFactory().textNode(text);
        }
    }
}
