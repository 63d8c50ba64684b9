package dev.centime.system;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One instance with the demo in it, for all tests that only ask or only add, or that break one part and leave it running again; stopped after
 * the last of them.
 */
final class DemoInstance implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DemoInstance.class);

    /** What other classes have sent is in every view then, so that no read of this one is about what is still on its way. */
    @Override
    public void beforeAll(ExtensionContext context) {
        instance(context).settle();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instance.class;
    }

    @Override
    public Instance resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return instance(context);
    }

    private static Instance instance(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("instance", key -> started(), Instance.class);
    }

    private static Instance started() {
        var instance = Instance.fresh();
        var began = System.nanoTime();
        var outcome = instance.up("--demo");
        if (outcome.exitCode() != 0) {
            instance.close();
        }
        outcome.succeeded();
        System.out.printf(
                "up --demo --detach on a fresh data directory: %.1f s%n%s%n",
                (System.nanoTime() - began) / 1e9, outcome.out());
        return instance;
    }
}
