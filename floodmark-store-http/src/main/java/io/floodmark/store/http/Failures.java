package io.floodmark.store.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.StoreException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;

/// What a failure is answered with: the status says whether to correct the request or to come back.
final class Failures {
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private Failures() {}

    static void answer(ServerResponse response, Exception failure) {
        switch (failure) {
            case CloseConnectionException broken -> throw broken;
            case Refused refused -> send(response, refused.status(), refused.sentence());
            case RequestException request ->
                    send(response, request.status().code(), String.valueOf(request.getMessage()));
            case IllegalArgumentException mistake ->
                    send(response, 400, String.valueOf(mistake.getMessage()));
            case StoreException store -> store(response, store);
            default -> send(response, INTERNAL, "an error of this server: " + failure);
        }
    }

    private static void store(ServerResponse response, StoreException failure) {
        String sentence = String.valueOf(failure.getMessage());
        switch (failure) {
            case DuplicateEventId _ -> send(response, 409, sentence);
            case AppendOutcomeUnknown _ -> send(response, INTERNAL, sentence);
            default -> {
                response.header("Retry-After", "1");
                send(response, UNAVAILABLE, sentence);
            }
        }
    }

    private static void send(ServerResponse response, int status, String sentence) {
        response.status(status).header("Content-Type", "application/json");
        response.send(JsonNodeFactory.instance.objectNode().put("error", sentence).toString());
    }
}
