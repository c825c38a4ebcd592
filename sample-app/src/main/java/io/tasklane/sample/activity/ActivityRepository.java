package io.tasklane.sample.activity;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored activities. */
interface ActivityRepository extends JpaRepository<Activity, Long> {

    List<Activity> findTop50ByOrderByIdDesc();

    List<Activity> findAllByOrderById();
}
