// What script adds to the calendar: an entry is dragged to another day, or
// lifted with the keyboard and carried there with the arrows. Without script
// every entry has a form for its day.
import { post } from "./newsroom.js";

const calendar = document.querySelector("[data-calendar]");
const words = calendar.dataset;
const days = [...calendar.querySelectorAll("[data-day]")];
const status = document.querySelector("[data-said]");
let held; // the entry that is carried, and the day it is over

for (const entry of calendar.querySelectorAll("[data-pick]")) prepare(entry);
for (const day of days) receive(day);
document.querySelector("[data-keys]").hidden = !calendar.querySelector("[data-pick]");

function prepare(entry) {
  const link = entry.querySelector("a");
  link.draggable = false; // the whole entry is dragged
  entry.draggable = true;
  entry.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", link.textContent);
    event.dataTransfer.effectAllowed = "move";
    lift(entry);
  });
  entry.addEventListener("dragend", release);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lift";
  button.textContent = words.lift.replace("#", link.textContent);
  button.setAttribute("aria-describedby", "calendar-keys");
  button.addEventListener("click", () => (held ? drop() : announce(lift(entry))));
  button.addEventListener("keydown", (event) => held && carry(event));
  button.addEventListener("blur", release);
  entry.append(button);
}

function receive(day) {
  day.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    over(day);
  });
  day.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    drop();
  });
}

function lift(entry) {
  held = { entry, day: entry.closest("[data-day]") };
  entry.classList.add("lifted");
  return words.lifted.replace("#", entry.querySelector("a").textContent);
}

// carry moves what is held a day or a week with the arrows; Escape lets go of it.
function carry(event) {
  const week = getComputedStyle(calendar).display === "grid" ? 7 : 1;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -week, ArrowDown: week }[event.key];
  if (event.key === "Escape") {
    release();
    announce(words.dropped);
  } else if (step) {
    const day = days[days.indexOf(held.day) + step];
    if (day) {
      over(day);
      announce(words.over.replace("#", nameOf(day)));
      day.scrollIntoView({ block: "nearest" });
    }
  } else {
    return;
  }
  event.preventDefault();
}

function over(day) {
  held.day.classList.remove("over");
  day.classList.add("over");
  held.day = day;
}

function release() {
  held?.entry.classList.remove("lifted");
  held?.day.classList.remove("over");
  held = undefined;
}

function drop() {
  const { entry, day } = held;
  release();
  const from = entry.closest("[data-day]");
  if (day === from) announce(words.dropped);
  else bring(entry, from, day);
}

// bring shows an entry on another day at once, and puts it back when that is refused.
async function bring(entry, from, day) {
  place(entry, day);
  const why = await refusal(entry, day);
  if (why) {
    place(entry, from);
    announce(why);
    return;
  }
  entry.querySelector("input[name=day]").value = day.dataset.day;
  announce(words.moved.replace("#", nameOf(day)));
}

async function refusal(entry, day) {
  try {
    const answer = await post(words.calendar, { pick: entry.dataset.pick, day: day.dataset.day });
    if (answer.ok) return "";
    const said = await answer.json();
    return Object.values(said.fields ?? {})[0] ?? said.body ?? said.error;
  } catch {
    return words.lost;
  }
}

// place puts an entry among those of a day, by its hour.
function place(entry, day) {
  const focused = entry.contains(document.activeElement) ? document.activeElement : null;
  const list = day.querySelector("ul");
  const later = [...list.children].find((other) => other !== entry && other.dataset.at > entry.dataset.at);
  list.insertBefore(entry, later ?? null);
  for (const d of days) d.classList.toggle("bare", !d.querySelector("[data-at]"));
  focused?.focus();
}

const nameOf = (day) => `${day.querySelector(".weekday").textContent} ${day.querySelector("time").title}`;

function announce(text) {
  status.textContent = text;
}
