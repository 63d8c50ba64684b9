package dev.centime.kit.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Marks the calls whose answer is being written: JSON that fails from then on is ours, not the sender's. */
public class Answering {
    private static final String MARK = Answering.class.getName();

    @ServerResponseFilter
    public void mark(ContainerRequestContext request, ContainerResponseContext answer) {
        request.setProperty(MARK, true);
    }

    static boolean has(ContainerRequestContext request) {
        return request.getProperty(MARK) != null;
    }
}
