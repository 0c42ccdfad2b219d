package io.padrec.store;

import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Events that took effect: they are delivered at least once, and must have their effect once. */
@StoreAccess
@ApplicationScoped
public class Inbox {
    /**
     * Notes an event in the transaction of its effect. Two deliveries at the same time wait for one another.
     *
     * @return false where it took effect before, so that there is nothing to do
     */
    @Transactional
    public boolean take(String source, String id, String type) {
        return Panache.getSession().createNativeMutationQuery("INSERT INTO inbox (source, id, type) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .setParameter(1, source).setParameter(2, id).setParameter(3, type).executeUpdate() == 1;
    }
}
