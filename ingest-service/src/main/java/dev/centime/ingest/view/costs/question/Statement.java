package dev.centime.ingest.view.costs.question;

import io.vertx.mutiny.sqlclient.Tuple;

/** The parameters of a statement under construction; values never enter the text. */
public final class Statement {
    private final Tuple parameters = Tuple.tuple();

    /** @return how the text refers to it */
    public String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    public Tuple parameters() {
        return parameters;
    }
}
