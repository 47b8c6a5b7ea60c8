/*
 * A matter's page says when somebody acts while it is open. Without this it works all the same: it shows the newest when it is loaded again.
 *
 *   data-live    where the events are (server-sent), from how the page stands; the element is a status, so what comes is read out
 *   data-here    the matter's own address
 *   data-new, -came, -mine, -more, -see, -lost, -back, -ended, -denied, -full, -kept, -again, -left   what is said; % stands for what it is about
 *
 * What is being typed is kept over the reload. The connection itself: stream.js.
 */
"use strict";

(() => {
  const place = document.querySelector("[data-live]");

  if (!place || !window.EventSource) return;

  const KEPT_MS = 10000;
  const says = place.dataset;
  const english = document.documentElement.lang === "en";
  const label = of => (english && of.label_en) || of.label;
  let count = 0, about = "", state = "";

  /* ---- the line ------------------------------------------------------------------------- */

  function see_link() {
    const link = document.createElement("a");

    link.href = says.here;
    link.textContent = says.see;
    link.addEventListener("click", event => {
      event.preventDefault();
      reload();
    });
    return link;
  }

  /* One line each for what is new and for the connection; nothing: an empty place. */
  function show() {
    const lines = [];

    if (about) lines.push([about, count > 1 ? says.more.replace("%", count - 1) : "", see_link()]);
    if (state) lines.push([state]);
    place.replaceChildren(...lines.map(parts => {
      const line = document.createElement("p");

      line.className = "flash flash-note";
      parts.filter(Boolean).forEach((part, i) => line.append(i ? " " : "", part));
      return line;
    }));
  }

  /* For so long; without ms: until the next. */
  function say_state(text, ms) {
    if (state === text) return;
    state = text;
    show();
    if (ms) setTimeout(() => { if (state === text) say_state(""); }, ms);
  }

  /* A step by the clock alone has no name of its own: "contact.due". */
  function tell(step) {
    const what = step.step.code.includes(".") ? says.came : step.mine ? says.mine : says.new;
    const name = step.href === says.here ? label(step.step) : `${label(step.step)} · ${step.title}`;

    count++;
    about = what.replace("%", () => name);
    show();
  }

  /* ---- what is being typed -------------------------------------------------------------- */

  const key = `tieqiao:${says.here}`;
  const fields = form => [...form.elements].filter(input => input.name && !["hidden", "submit", "button", "file"].includes(input.type));
  const value_of = input => ["checkbox", "radio"].includes(input.type) ? input.checked
    : input.multiple ? [...input.options].map(option => option.selected) : input.value;
  const default_of = input => ["checkbox", "radio"].includes(input.type) ? input.defaultChecked
    : input.multiple ? [...input.options].map(option => option.defaultSelected)
    : input.options ? ([...input.options].find(option => option.defaultSelected) ?? input.options[0])?.value ?? "" : input.defaultValue;

  const holds = one => typeof one.value === "string" ? one.value.trim() !== "" : JSON.stringify(one.value).includes("true");

  /* Only what was changed: the rest comes anew with the page. On one that was refused what stands there was typed before. */
  function kept() {
    const refused = document.getElementById("errors") !== null;
    const form = document.querySelector("form.form");
    const step = form?.elements.step?.value;
    const entry = form?.elements.entry?.value;
    const typed = form ? fields(form).map((input, at) => ({ at, name: input.name, value: value_of(input), was: default_of(input) }))
      .filter(one => (refused && holds(one)) || JSON.stringify(one.value) !== JSON.stringify(one.was)) : [];
    const file = form?.querySelector("input[type=file]")?.files.length > 0;

    return { step, entry, typed, file };
  }

  function reload() {
    const { step, entry, typed, file } = kept();
    const keeps = typed.length > 0 || file;

    if (keeps) sessionStorage.setItem(key, JSON.stringify({ step, typed, file }));
    const query = new URLSearchParams({ ...(keeps && step ? { step } : {}), ...(keeps && entry ? { entry } : {}) }).toString();
    location.assign(says.here + (query ? `?${query}` : ""));
  }

  function put_back(form, { typed, file }) {
    const inputs = fields(form);

    for (const one of typed) {
      const input = inputs[one.at]?.name === one.name ? inputs[one.at] : inputs.find(other => other.name === one.name);

      if (!input) continue;
      if (["checkbox", "radio"].includes(input.type)) input.checked = one.value;
      else if (input.multiple) [...input.options].forEach((option, i) => { option.selected = one.value[i]; });
      else input.value = one.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      const part = input.closest("details");
      if (part) part.open = true;
    }
    say_state(says.kept + (file ? ` ${says.again}` : ""), KEPT_MS);
  }

  /* The step can no longer be taken: the words are handed back. */
  function hand_back({ typed }) {
    const texts = typed.map(one => one.value).filter(value => typeof value === "string" && value.trim());
    const box = document.createElement("p"), area = document.createElement("textarea");

    if (!texts.length) return;
    box.className = "flash flash-note";
    box.append(says.left);
    area.readOnly = true;
    area.rows = Math.min(8, texts.length + 2);
    area.value = texts.join("\n");
    area.setAttribute("aria-label", says.left);
    box.append(area);
    place.after(box);
  }

  function restore() {
    const text = sessionStorage.getItem(key);
    const form = document.querySelector("form.form");

    if (!text) return;
    sessionStorage.removeItem(key);
    const before = JSON.parse(text);
    if (form?.elements.step?.value === before.step) put_back(form, before);
    else hand_back(before);
  }

  /* ---- the stream ----------------------------------------------------------------------- */

  function address(since) {
    const url = new URL(says.live, location.href);

    if (since) url.searchParams.set("since", since);
    return url;
  }

  restore();
  stream_hold({ address, step: tell, say: say_state, says });
})();
