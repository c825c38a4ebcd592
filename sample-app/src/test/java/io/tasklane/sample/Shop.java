package io.tasklane.sample;

import io.tasklane.sample.activity.Activity;
import io.tasklane.sample.activity.ActivityLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The shop as its user sees it: HTTP calls, and the list of what tasks did. */
class Shop {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApplicationContext context;

    private final ActivityLog activity;

    Shop(ApplicationContext context, ActivityLog activity) {
        this.context = context;
        this.activity = activity;
    }

    /** Calls the running application. */
    RestClient http() {
        return RestClient.create(
                "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port"));
    }

    /** Posts without a body and returns the answer. */
    Map<String, Object> post(String path) {
        Map<String, Object> answer =
                http().post().uri(path).retrieve().body(new ParameterizedTypeReference<Map<String, Object>>() {});
        return answer != null ? answer : Map.of();
    }

    /** Posts without a body and returns the list that is answered. */
    List<Map<String, Object>> postForList(String path) {
        return http().post().uri(path).retrieve().body(new ParameterizedTypeReference<List<Map<String, Object>>>() {});
    }

    /** Posts a body in JSON and returns the answer. */
    Map<String, Object> post(String path, String json) {
        return http().post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .retrieve()
                .body(new ParameterizedTypeReference<Map<String, Object>>() {});
    }

    /** Reads text. */
    String read(String path) {
        return String.valueOf(http().get().uri(path).retrieve().body(String.class));
    }

    /** The task as {@code /api/tasks/{id}} shows it. */
    Map<String, Object> task(Object id) {
        return http().get()
                .uri("/api/tasks/{id}", id)
                .retrieve()
                .body(new ParameterizedTypeReference<Map<String, Object>>() {});
    }

    /** Waits until the task is in this state, and returns it. */
    Map<String, Object> await(Object id, String state) {
        return Awaitility.await().atMost(PATIENCE).until(() -> task(id), task -> state.equals(task.get("state")));
    }

    /** Waits until this many activities are noted, and returns all of them, oldest first. */
    List<Activity> awaitActivities(int count) {
        return Awaitility.await().atMost(PATIENCE).until(this.activity::all, activities -> activities.size() >= count);
    }
}
