"use strict";

const started = []; // {id, what}, newest first
const byId = id => document.getElementById(id);

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

let toastTimer;
function toast(text) {
  byId("toast").textContent = text;
  byId("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => byId("toast").classList.remove("shown"), 6000);
}

async function read(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
    body
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(answer?.detail ?? `${path}: ${response.status}`);
  return answer;
}

async function press(button, path) {
  button.disabled = true;
  try {
    for (let i = 0; i < Number(button.dataset.repeat ?? 1); i++) {
      const answer = await post(path, button.dataset.body);
      const tasks = Array.isArray(answer) ? answer : [answer];
      tasks.forEach(task => {
        if (task && typeof task.id === "string") started.unshift({ id: task.id, what: button.textContent });
      });
      if (path.startsWith("api/orders")) toast(`Order ${answer.id} is stored, with its tasks.`);
    }
  } catch (problem) {
    toast(problem.message);
  } finally {
    button.disabled = false;
    refresh();
  }
}

/** Durations come as in YAML or as seconds. */
function age(value) {
  if (!value) return "";
  return typeof value === "number" ? (value < 100 ? `${value.toFixed(1)} s` : `${Math.round(value / 60)} min`) : value;
}

const queueRows = new Map(); // by name; rows stay, so that a press that lasts over a refresh still hits its button

function queueRow(name) {
  const row = element("tr");
  const state = element("span", "state");
  const toggle = element("button");
  const numbers = ["QUEUED", "SCHEDULED", "RUNNING", "SUCCEEDED", "FAILED"].map(key => [key, element("td", "n")]);
  const oldest = element("td", "n");
  const consumers = element("td", "n");
  let paused = false;
  toggle.onclick = () => press(toggle, `api/queues/${encodeURIComponent(name)}/${paused ? "resume" : "pause"}`);
  const cell = (className, content) => {
    const td = element("td", className);
    td.append(content);
    return td;
  };
  row.append(cell("name", name), cell("", state), ...numbers.map(([, td]) => td), oldest, consumers,
      cell("switch", toggle));
  row.show = queue => {
    paused = queue.state === "PAUSED";
    state.className = `state ${queue.state}`;
    state.textContent = queue.state;
    toggle.textContent = paused ? "Resume" : "Pause";
    toggle.setAttribute("aria-label", `${toggle.textContent} ${name}`);
    for (const [key, td] of numbers) {
      const value = queue.tasks?.[key] ?? 0;
      td.textContent = value;
      td.className = value ? "n" : "n zero";
    }
    oldest.textContent = age(queue.oldestAge);
    consumers.textContent = queue.consumers;
  };
  return row;
}

const taskRows = new Map(); // by id, kept like those of queues

function taskRow({ id, what }) {
  const row = element("tr");
  const state = element("span", "state");
  const outcome = element("td", "mono");
  const change = element("button");
  const cells = [element("td"), element("td", "switch")];
  cells[0].append(state);
  cells[1].append(change);
  let verb = "cancel";
  change.onclick = () => press(change, `api/tasks/${id}/${verb}`);
  row.append(element("td", "mono", id), element("td", "", what), cells[0], outcome, cells[1]);
  row.show = task => {
    state.className = `state ${task.state}`;
    state.textContent = task.state;
    outcome.textContent = task.result ? JSON.stringify(task.result) : task.error;
    verb = ["FAILED", "CANCELLED"].includes(task.state) ? "retry" : "cancel";
    change.textContent = verb === "retry" ? "Retry" : "Cancel";
    change.setAttribute("aria-label", `${change.textContent} task ${id}`);
    change.hidden = ["SUCCEEDED", "UNKNOWN"].includes(task.state);
  };
  return row;
}

function activityRow(activity) {
  const row = element("li");
  const time = element("time", "", new Date(activity.recordedAt).toLocaleTimeString([], { hour12: false }));
  time.dateTime = activity.recordedAt;
  const attempt = activity.attempt > 1 ? `, try ${activity.attempt}` : "";
  row.append(time, element("span", "", activity.text), element("span", "where", activity.queue + attempt));
  row.title = `${activity.task}, task ${activity.taskId}`;
  return row;
}

async function showQueues() {
  const { queues } = await read("actuator/taskqueues");
  for (const name of Object.keys(queues)) {
    if (!queueRows.has(name)) queueRows.set(name, queueRow(name));
    queueRows.get(name).show(queues[name]);
  }
  const rows = Object.keys(queues).map(name => queueRows.get(name));
  if (rows.length !== byId("queues").querySelectorAll("button").length) byId("queues").replaceChildren(...rows);
}

async function showTasks() {
  const shown = started.slice(0, 15);
  if (shown.length === 0) return;
  const states = await read(`api/tasks?id=${shown.map(task => task.id).join(",")}`);
  states.forEach((task, i) => {
    if (!taskRows.has(task.id)) taskRows.set(task.id, taskRow(shown[i]));
    taskRows.get(task.id).show(task);
  });
  const rows = shown.map(task => taskRows.get(task.id));
  if (rows.some((row, i) => byId("tasks").children[i] !== row)) byId("tasks").replaceChildren(...rows);
}

async function showActivity() {
  const activities = await read("api/activity");
  if (activities.length > 0) byId("activity").replaceChildren(...activities.map(activityRow));
}

async function refresh() {
  try {
    await Promise.all([showQueues(), showTasks(), showActivity()]);
  } catch (problem) {
    toast(problem.message);
  }
}

document.querySelectorAll("button[data-post]").forEach(button => {
  button.onclick = () => press(button, button.dataset.post);
});
byId("report").onclick = event => press(event.target, `api/reports/${new Date().toISOString().slice(0, 7)}`);

(async function poll() {
  await refresh();
  setTimeout(poll, 1000);
})();
