package io.floodmark.local;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// A call of a method on a proxy.
@FunctionalInterface
interface ProxiedCall {
    @Nullable Object of(Method method, Object[] arguments) throws Throwable;
}
