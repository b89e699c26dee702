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

// A page that the browser has kept may show answers that are deleted since: ask for it anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

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

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
