package io.padrec.store;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

// Before the transaction's interceptor (200), so that a connection that cannot be had for it is explained too.
@StoreAccess
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class StoreAccessInterceptor {
    @Inject
    Schema schema;

    @Inject
    Outages outages;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        schema.ready();
        try {
            return call.proceed();
        } catch (Exception e) {
            throw outages.explain(e);
        }
    }
}
