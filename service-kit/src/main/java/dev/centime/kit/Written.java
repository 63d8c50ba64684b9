package dev.centime.kit;

import dev.centime.eventstore.log.Position;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** The answers to a write: what was made or changed, where the log holds it, and which version it has now. */
public final class Written {
    private Written() {}

    /** 201 with Location. @param path with prefix, such as {@code /api/v1/budgets/b-17} */
    public static <T> RestResponse<T> created(String path, T body, Position position, long revision) {
        return RestResponse.ResponseBuilder.<T>create(RestResponse.Status.CREATED)
                .location(URI.create(path))
                .entity(body)
                .header(Headers.POSITION, position)
                .header("ETag", Revision.etag(revision))
                .build();
    }

    /** 200. */
    public static <T> RestResponse<T> changed(T body, Position position, long revision) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(Headers.POSITION, position)
                .header("ETag", Revision.etag(revision))
                .build();
    }

    /** 200, for what has no versions. */
    public static <T> RestResponse<T> recorded(T body, Position position) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(Headers.POSITION, position)
                .build();
    }

    /** 204. */
    public static RestResponse<Void> deleted(Position position) {
        return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.NO_CONTENT)
                .header(Headers.POSITION, position)
                .build();
    }

    /** 200 to a read of a thing that can be edited. */
    public static <T> RestResponse<T> version(T body, long revision) {
        return RestResponse.ResponseBuilder.ok(body)
                .header("ETag", Revision.etag(revision))
                .build();
    }
}
