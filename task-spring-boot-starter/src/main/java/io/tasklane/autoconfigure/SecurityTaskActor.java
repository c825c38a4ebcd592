package io.tasklane.autoconfigure;

import io.tasklane.TaskActor;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is logged in with Spring Security on this thread. After all others. */
final class SecurityTaskActor implements TaskActor, Ordered {

    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    @Override
    public Optional<String> name() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return this.trust.isAuthenticated(authentication) ? Optional.of(authentication.getName()) : Optional.empty();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
