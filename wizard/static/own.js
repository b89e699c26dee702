// Small comforts on top of pages that work without any script.
"use strict";

// Leave quickly: forget, blank the page, and put the neutral site in its place, so that "back" does not return here.
for (const form of document.querySelectorAll("form[data-leave-to]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fetch(form.action, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(() => {});
    document.title = "…";
    document.documentElement.hidden = true;
    location.replace(form.dataset.leaveTo);
  });
}

// Shift three times within two seconds, each time by itself, is the same. Together with another key or the mouse it
// means something else, as in capital letters, and the count begins anew.
let presses = [];
let alone = false;
const begin = () => {
  presses = [];
  alone = false;
};
addEventListener("keydown", ({ key }) => {
  if (key === "Shift") alone = true;
  else begin();
});
addEventListener("keyup", ({ key, timeStamp }) => {
  if (key !== "Shift" || !alone) return;
  presses = [...presses.filter((time) => timeStamp - time < 2000), timeStamp];
  alone = false;
  if (presses.length === 3) document.querySelector("form[data-leave-to]")?.requestSubmit();
});
addEventListener("pointerdown", begin);

// A page that the browser has kept may show answers that are deleted since: ask for it anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Back and reload lead to an empty search: the browser neither asks to send the words once more, nor shows them again.
if (document.body.dataset.page === "search") history.replaceState(null, "", location.pathname);

// "None of these" and "vet ikke" take away the other ticks, and the other way round.
for (const form of document.querySelectorAll("form.question")) {
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      const apart = "alone" in target.dataset || "alone" in box.dataset;
      if (box !== target && apart) box.checked = false;
    }
  });
}

// Some minutes before the answers are deleted, say so and let the visitor stay. When the time is out, leave the page:
// it may be open on a screen that others see.
for (const place of document.querySelectorAll(".still-here")) {
  const notice = place.firstElementChild;
  const button = place.querySelector("button");
  const idle = place.dataset.idle * 1000;
  const last = Date.now() + place.dataset.longest * 1000;
  let since = Date.now();
  const look = () => {
    const end = Math.min(since + idle, last);
    if (Date.now() > end + 2000) location.replace(location.pathname);
    notice.hidden = Date.now() < end - Math.min(idle / 2, 300000);
    for (const words of place.querySelectorAll("[data-say]")) words.hidden = (end === last) !== (words.dataset.say === "last");
    button.hidden = end === last;
  };
  button.addEventListener("click", async () => {
    const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer || answer.redirected) return location.replace(location.pathname);
    since = Date.now();
    look();
    document.querySelector("main").focus({ preventScroll: true });
  });
  setInterval(look, 1000);
  addEventListener("focus", look);
}

// What is said of keys is said where scripts run and a keyboard is likely.
for (const words of document.querySelectorAll("[data-keys]")) words.hidden = !matchMedia("(any-hover: hover)").matches;

// On paper everything stands open, and what was written is shown to its end, also where the styles cannot do it.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.rest")) folded.open = true;
  for (const field of document.querySelectorAll(".write textarea")) {
    field.rows = Math.max(field.rows, field.value.split("\n").length, Math.ceil(field.value.length / 80));
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
