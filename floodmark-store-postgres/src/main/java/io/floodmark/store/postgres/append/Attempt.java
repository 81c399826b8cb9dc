package io.floodmark.store.postgres.append;

import java.util.ArrayList;
import java.util.List;

/// One try to store a batch: its requests, what was decided for each, and whether the statement
/// that stores them is under way.
final class Attempt {
    private final List<PendingAppend> requests;
    private final List<PendingAppend> accepted = new ArrayList<>();
    private List<Decision> decisions = List.of();
    private Head head;
    private boolean decided;
    private boolean sent;

    Attempt(List<PendingAppend> requests, Head head) {
        this.requests = requests;
        this.head = head;
    }

    /// Decides all requests on what is known of the log.
    void decide(KnownLog log) {
        head = log.head();
        decided = true;
        decisions = log.decide(requests);
        for (int i = 0; i < requests.size(); i++) {
            if (decisions.get(i) instanceof Decision.Accepted) {
                accepted.add(requests.get(i));
            }
        }
    }

    /// Takes what was decided out of the log again, if anything was.
    void takeBack(KnownLog log) {
        if (decided) {
            log.takeBack(head);
        }
    }

    List<PendingAppend> requests() {
        return requests;
    }

    /// The decisions, in the order of the requests; none before [#decide].
    List<Decision> decisions() {
        return decisions;
    }

    /// Where the log ended when the batch was decided.
    Head head() {
        return head;
    }

    List<EncodedAppend> accepted() {
        return accepted.stream().map(PendingAppend::append).toList();
    }

    /// From now until the server's answer nobody knows whether the events are stored.
    void sent() {
        sent = true;
        accepted.forEach(request -> request.maybeStored(true));
    }

    /// The server answered: the events are stored, or surely not.
    void answered() {
        sent = false;
        accepted.forEach(request -> request.maybeStored(false));
    }

    /// The answer was lost: what is found stored later may be what this stored.
    void lost() {
        accepted.forEach(request -> request.footprint().answerLost());
    }

    boolean isSent() {
        return sent;
    }
}
