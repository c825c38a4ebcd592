package io.tasklane.autoconfigure;

import io.tasklane.TaskActor;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is logged in with Spring Security on this thread. After all others. */
final class SecurityTaskActor implements TaskActor, Ordered {

    @Override
    public Optional<String> name() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.isAuthenticated()
                ? Optional.of(authentication.getName())
                : Optional.empty();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
