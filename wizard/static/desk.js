// The sheet of a conversation: what is ticked is sent at once, and what follows from it is put in place. Everything
// also works without this script, by the button «Oppdater».
"use strict";

const sheet = document.querySelector("#ark");
const status = document.querySelector("#status");

// Pages with somebody's answers are the answer to a form. Back and reload lead to a blank sheet, and ask for nothing.
const screenless = document.querySelector("meta[name=empty-screen]");
const [seconds, emptied, blank] = screenless?.content.split(" ") ?? [];
if (blank) history.replaceState(null, "", blank);

// One message at a time goes out, the newest state after that: so nothing comes too late, and nothing is overtaken.
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
let dirty = false;
let sending = null;
let leaving = false;

const say = (words, failed = false) => {
  status.textContent = words;
  status.classList.toggle("failed", failed);
};

const send = () => {
  dirty = true;
  sending ??= work().finally(() => { sending = null; });
  return sending;
};

const work = async () => {
  while (dirty && !leaving) {
    dirty = false;
    count();
    const answer = await post(sheet.action);
    if (leaving) return;
    if (answer?.ok || answer?.status === 422) await take(answer);
    else {
      dirty = true;
      const out = answer && [400, 401, 403].includes(answer.status);
      say(sheet.dataset[out ? "sayOut" : "sayFailed"], true);
      if (out) await renewToken();
      await wait(3);
    }
  }
};

const post = (address) => {
  const gone = AbortSignal.timeout(10000);
  const body = new URLSearchParams(new FormData(sheet));
  return fetch(address, { method: "POST", body, signal: gone, redirect: "error", cache: "no-store", keepalive: true }).catch(() => null);
};

// After a new login in another window the forms need its token.
const renewToken = async () => {
  const answer = await fetch(blank, { redirect: "error", cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrf_token]").value;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
};

const take = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = page.querySelector("#ark");
  if (!theirs) return;
  if (theirs.dataset.notice) {
    // Another window has changed the conversation, or it is deleted: the whole page tells, with both answers.
    leaving = true;
    return sheet.submit();
  }
  sheet.elements.utgave.value = theirs.elements.utgave.value;
  for (const row of page.querySelectorAll("#behov .ask-option")) document.getElementById(row.id).className = row.className;
  const news = takeSide(document.querySelector("#siden"), page.querySelector("#siden"));
  merge(document.querySelector("#sporsmal"), page.querySelector("#sporsmal"), mergeSection);
  const faults = [...page.querySelectorAll(".ds-validation-message")].map((fault) => fault.textContent);
  if (dirty) return;
  say(faults.length ? faults.join(" ") : [sheet.dataset.saySaved, ...news].join(" "), faults.length > 0);
};

// The side is put in place whole; what was folded out stays so. Tells which steps are others than before.
const takeSide = (old, fresh) => {
  const steps = (side) => [...side.querySelectorAll(".side-need")].map((need) => `${need.querySelector("h3").textContent}: ${need.querySelector(".side-step span:last-child").textContent}`.replace(/\s+/g, " "));
  const before = new Set(steps(old));
  const unfolded = [...old.querySelectorAll("details[open][id]")].map((details) => details.id);
  old.replaceChildren(...fresh.childNodes);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  return steps(old).filter((words) => !before.has(words));
};

// Put the new children in place of the old ones, by their ids; those that stay the same stay untouched, with the focus.
const merge = (old, fresh, update) => {
  const kept = new Set([...fresh.children].map((child) => child.id));
  for (const child of [...old.children]) if (child.id && !kept.has(child.id)) child.remove();
  let place = null;
  for (const child of [...fresh.children]) {
    const here = child.id && document.getElementById(child.id);
    const stays = here && here.parentElement === old;
    const node = stays ? update(here, child) : child;
    if (node.previousElementSibling !== place || node.parentElement !== old) {
      if (place) place.after(node);
      else old.prepend(node);
    }
    place = node;
  }
};
const mergeSection = (old, fresh) => {
  merge(old, fresh, mergeItem);
  return old;
};
const mergeItem = (old, fresh) => {
  if (old.dataset.state !== fresh.dataset.state) {
    // What was ticked since the message went out is taken along.
    for (const field of fresh.querySelectorAll("input[id]")) field.checked = document.getElementById(field.id)?.checked ?? field.checked;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus();
    return fresh;
  }
  for (const part of [".ask-had", ".ds-validation-message", "summary .ask-note"]) {
    const [then, now] = [old.querySelector(part), fresh.querySelector(part)];
    if (then && !now) then.remove();
    else if (then) then.replaceWith(now);
    else if (now) old.querySelector("fieldset").append(now);
  }
  return old;
};

const leave = async (address) => {
  leaving = true;
  if (sending) await Promise.race([sending, wait(10)]);
  count();
  sheet.action = address;
  sheet.submit();
};
const count = () => { sheet.elements.tur.value = Number(sheet.elements.tur.value) + 1; };

const answered = (ask) => [...ask.querySelectorAll("input:not([type=hidden])")].some((field) => field.checked);
const showClear = (ask) => {
  const button = ask.querySelector(":scope > .ask-clear");
  if (button) button.hidden = !answered(ask);
};
const clear = (ask) => {
  for (const field of ask.querySelectorAll("input:checked")) field.checked = false;
  showClear(ask);
  send();
};

if (sheet) {
  const usual = sheet.querySelector("button[type=submit]");
  sheet.addEventListener("change", ({ target }) => {
    if (target.type === "search") return;
    const ask = target.closest("fieldset[data-question]");
    if (target.type === "checkbox" && target.checked && ask) {
      for (const box of ask.querySelectorAll("input[type=checkbox]")) {
        if (box !== target && ("alone" in target.dataset || "alone" in box.dataset)) box.checked = false;
      }
    }
    if (ask) showClear(ask);
    send();
  });

  // What leads away waits for what is on its way, so that it neither comes back nor gets lost.
  for (const form of document.querySelectorAll("form[data-after-saving]")) {
    form.addEventListener("submit", async (event) => {
      if (!sending) return;
      event.preventDefault();
      leaving = true;
      await Promise.race([sending, wait(10)]);
      form.submit();
    });
  }
  sheet.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "fjern") {
      event.preventDefault();
      clear(button.closest("fieldset"));
    } else if (button?.name === "legg_til") {
      event.preventDefault();
      choose(button.value);
    } else if (button === usual && document.activeElement !== usual) {
      // Enter in a field: what was found, or the next question that has no answer.
      event.preventDefault();
      if (document.activeElement === search && search.value.trim()) chooseFirst();
      else nextOpen();
    } else {
      event.preventDefault();
      leave(button?.hasAttribute("formaction") ? button.formAction : sheet.action);
    }
  });
  addEventListener("beforeunload", (event) => {
    if ((dirty || sending) && !leaving && status.classList.contains("failed")) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!dirty || leaving) return;
    count();
    navigator.sendBeacon(sheet.action, new URLSearchParams(new FormData(sheet)));
  });
}

// The search for needs answers while one writes; a late answer to an earlier word is dropped.
const search = document.querySelector("#sok");
const hits = document.querySelector("#treff");
let asked = 0;
let asking = Promise.resolve();
const find = async () => {
  const number = ++asked;
  await wait(0.12);
  if (number !== asked) return;
  const answer = search.value.trim() ? await post(sheet.dataset.find) : null;
  const words = answer?.ok ? await answer.text() : "";
  if (number !== asked) return;
  hits.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
};
const choose = (need) => {
  const box = document.getElementById(`behov-${need}`);
  if (box && !box.checked) {
    box.checked = true;
    send();
  }
  search.value = "";
  hits.replaceChildren();
  search.focus();
};
const chooseFirst = async () => {
  await asking;
  const first = hits.querySelector("button[name=legg_til]");
  if (first) choose(first.value);
};
search?.addEventListener("input", () => { asking = find(); });

// Shortcuts: never in a field where one writes, never with a modifier, and off for whoever has switched them off.
const dialog = document.querySelector("#taster");
const writes = (element) => element.matches("textarea, select, [contenteditable]") || (element.matches("input") && !["radio", "checkbox"].includes(element.type));
const asks = () => [...sheet.querySelectorAll("fieldset[data-question]")].filter((ask) => ask.dataset.question !== "needs" && ask.checkVisibility());
const go = (ask) => {
  if (!ask) return;
  ask.focus({ preventScroll: true });
  ask.scrollIntoView({ block: "nearest" });
};
const step = (by) => {
  const all = asks();
  const here = all.findIndex((ask) => ask.contains(document.activeElement));
  go(all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by]);
};
const nextOpen = () => {
  const all = asks();
  const here = all.findIndex((ask) => ask.contains(document.activeElement));
  go([...all.slice(here + 1), ...all.slice(0, here + 1)].find((ask) => !answered(ask)));
};
const pick = (number) => {
  const ask = document.activeElement.closest?.("fieldset[data-question]");
  const field = number ? ask?.querySelectorAll("input:not([type=hidden])")[number - 1] : ask?.querySelector("[data-zero]");
  if (!field || ask.dataset.question === "needs") return false;
  if (field.type === "radio" && field.checked) {
    if (ask.querySelector(".ask-clear")) clear(ask);
  } else {
    field.checked = !field.checked;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return true;
};
const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  n: nextOpen,
  r: () => document.querySelector(".talk-side").focus(),
  "/": () => search.focus(),
  "?": () => dialog.showModal(),
};
const shortcut = ({ key, target }) => (key === "Enter" ? target.matches("fieldset[data-question]") && nextOpen : SHORTCUTS[key]);
if (sheet && dialog) {
  const button = document.querySelector("[data-show-keys]");
  const lever = document.querySelector("#taster-pa");
  const set = (on) => {
    sheet.dataset.keys = on ? "on" : "off";
    sheet.classList.toggle("keyed", on);
    lever.checked = on;
  };
  set(sheet.dataset.keys === "on");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  lever.addEventListener("change", () => {
    set(lever.checked);
    const body = new URLSearchParams({ csrf_token: sheet.elements.csrf_token.value, [lever.checked ? "pa" : "av"]: "1" });
    fetch(sheet.dataset.keysAt, { method: "POST", body }).catch(() => {});
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog.open) return;
    if (sheet.dataset.keys !== "on" || writes(event.target)) return;
    const act = /^[0-9]$/.test(event.key) ? () => pick(Number(event.key)) : shortcut(event);
    if (act && act() !== false) event.preventDefault();
  });
}

// A screen that nobody has touched for a while is emptied. What could not be sent is covered instead, and not lost.
if (screenless) {
  let touched = Date.now();
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    addEventListener(sign, () => {
      touched = Date.now();
      document.body.classList.remove("covered");
    }, { passive: true });
  }
  const look = async () => {
    if (Date.now() - touched < seconds * 1000) return;
    if (sheet && (dirty || sending)) return document.body.classList.add("covered");
    leaving = true;
    location.replace(emptied);
  };
  setInterval(look, 1000);
  addEventListener("focus", look);
}

// Copy a text for another system. Without scripts it is marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const told = document.getElementById(`${button.dataset.copy}-status`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    const copied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
    if (copied || document.execCommand("copy")) told.textContent = button.dataset.copied;
  });
}
