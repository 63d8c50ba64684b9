package dev.centime.eventstore.axon;

import java.lang.reflect.Type;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.ConversionException;
import org.axonframework.conversion.Converter;
import org.jspecify.annotations.Nullable;

/** Payloads are objects of their class from the engine on, so there is nothing to convert; asking for more is a mistake. */
final class NoConversion implements Converter {
    @Override
    public boolean canConvert(Type source, Type target) {
        return target instanceof Class<?> wanted && source instanceof Class<?> given && wanted.isAssignableFrom(given);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T convert(@Nullable Object input, Type target) {
        if (input == null || target instanceof Class<?> wanted && wanted.isInstance(input)) {
            return (T) input;
        }
        throw new ConversionException(input.getClass() + " is not a " + target.getTypeName());
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("conversion", "none");
    }
}
