package dev.maru.spring.cluster;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code maru.cluster.outside} names any destinations.
 *
 * <p>Without state.
 */
final class OnOutside implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bindOrCreate("maru.cluster.outside", ClusterProperties.Outside.class)
                .isWanted();
    }
}
