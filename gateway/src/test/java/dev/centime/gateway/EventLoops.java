package dev.centime.gateway;

import io.vertx.core.Vertx;

final class EventLoops {
    /** What one of them is told to do it may tell another. */
    private static final int ROUNDS = 3;

    private EventLoops() {}

    /** Returns when every loop has done all that it was to do, with what had arrived on its connections. */
    static void awaitRest(Vertx vertx) {
        for (var round = 0; round < ROUNDS; round++) {
            vertx.nettyEventLoopGroup().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
        }
    }
}
