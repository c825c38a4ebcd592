package io.tasklane.sample.web;

import io.tasklane.sample.mail.Mailing;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mails in the queue {@code email}. */
@RestController
class MailController {

    private final Mailing mailing;

    MailController(Mailing mailing) {
        this.mailing = mailing;
    }

    @PostMapping("/api/newsletter")
    @ResponseStatus(HttpStatus.ACCEPTED)
    List<EnqueuedTask> newsletter(@RequestParam(defaultValue = "News") String subject) {
        return EnqueuedTask.of(this.mailing.toAll(subject));
    }

    @PostMapping("/api/password-reset")
    @ResponseStatus(HttpStatus.ACCEPTED)
    EnqueuedTask passwordReset(@RequestParam(defaultValue = "1") long customer) {
        return EnqueuedTask.of(this.mailing.passwordReset(customer));
    }
}
