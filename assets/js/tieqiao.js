/*
 * What a page does better with a script; without it every page works all the same.
 *
 *   data-drop    a form takes a file dropped onto it
 *   data-most    files of more bytes together are not sent: the server would hang up, and a browser shows no page for that
 *   data-count   a text area shows how much of its limit is used
 *   data-codes   an input proposes codes of a tree while one types
 *   data-poll    a long work's progress is followed
 *   .part        a folded part of a form says how many of its fields are filled, and opens when a fault in it is gone to
 *   .facet       on a small screen the facets fold up, so that the records come first
 *   .flash[role=status]  what was just done comes onto the page once more, so that it is read out
 *   #errors      a summary of faults takes the focus, so that it is read out
 */
"use strict";

const english = document.documentElement.lang === "en";

function each(selector, work) {
  document.querySelectorAll(selector).forEach(work);
}

/* ---- files ------------------------------------------------------------------------------- */

function show_file(input) {
  const name = input.files.length ? input.files[0].name : null;
  const label = input.closest(".file")?.querySelector("span");

  if (!label) return;
  label.dataset.empty ??= label.textContent;
  label.textContent = name ?? label.dataset.empty;
}

each("[data-drop]", form => {
  const input = form.querySelector("input[type=file]");

  if (!input) return;
  input.addEventListener("change", () => show_file(input));
  form.addEventListener("dragover", event => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", event => {
    form.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show_file(input);
  });
});

each("input[type=file][data-most]", input => {
  const over = document.getElementById(`${input.id}-over`);
  const tell = () => {
    over.hidden = [...input.files].reduce((sum, file) => sum + file.size, 0) <= Number(input.dataset.most);
  };

  input.addEventListener("change", tell);
  input.form.addEventListener("submit", event => {
    tell();
    if (over.hidden) return;
    event.preventDefault();
    input.focus();
  });
});

/* ---- how long a text is ------------------------------------------------------------------ */

/* Characters as the server counts them: code points, a line end as one. */
function length_of(text) {
  return [...text].length;
}

each("[data-count]", area => {
  const place = document.getElementById(area.dataset.count);
  const most = Number(area.getAttribute("maxlength"));

  if (!place || !most) return;
  /* maxlength counts UTF-16 units and cuts pasted text without a word; we say so instead. */
  area.removeAttribute("maxlength");
  const tell = () => {
    const length = length_of(area.value);

    place.textContent = length ? `${length} / ${most}` : "";
    place.classList.toggle("over", length > most);
  };
  area.addEventListener("input", tell);
  tell();
});

/* ---- folded parts of a form -------------------------------------------------------------- */

function holds(field) {
  return [...field.querySelectorAll("input, textarea, select")]
    .some(input => input.type === "checkbox" ? input.checked : input.value.trim());
}

each(".part", part => {
  const count = part.querySelector(".filled i");

  if (!count) return; /* the step of a deal or a matter does not count */
  part.addEventListener("input", () => {
    count.textContent = [...part.querySelectorAll(".field")].filter(holds).length;
  });
});

/* Not every browser opens a fold to which a link leads. */
each(".summary a[href^='#']", link => link.addEventListener("click", () => {
  const part = document.getElementById(link.hash.slice(1))?.closest(".part");

  if (part) part.open = true;
}));

/* ---- codes ------------------------------------------------------------------------------- */

/* Several codes stand in one input; proposals keep the ones before and complete the last. */
async function propose(input) {
  const [, before, typed] = /^(.*[;\uFF1B、]\s*)?(.*)$/u.exec(input.value);

  if (!typed.trim()) return;
  const reply = await fetch(`/api/v1/codes/${input.dataset.codes}?q=${encodeURIComponent(typed.trim())}`);
  if (!reply.ok) return;
  const { codes } = await reply.json();
  input.list.replaceChildren(...codes.map(({ text }) => {
    const option = document.createElement("option");

    option.value = `${before ?? ""}${text}`;
    return option;
  }));
}

each("[data-codes]", input => {
  let waiting = 0;

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(propose, 200, input);
  });
});

/* ---- long works -------------------------------------------------------------------------- */

async function ask(address) {
  const reply = await fetch(address, { headers: { Accept: "application/json" } });

  return reply.json();
}

/* A server that is away for a moment is asked again; the page says nothing wrong meanwhile. */
async function follow(place) {
  const bar = place.querySelector("progress");
  const text = place.querySelector("[data-poll-text=percent]");

  for (;;) {
    await new Promise(done => setTimeout(done, 500));
    const said = await ask(place.dataset.poll).catch(() => null);
    if (!said) continue;
    const job = said.job;
    if (!job?.running) return location.reload(); /* done, or now a question to the reader */
    bar.max = job.total;
    bar.value = job.done;
    text.textContent = `${job.percent} %`;
  }
}

each("[data-poll]", follow);

/* ---- small screens ----------------------------------------------------------------------- */

if (matchMedia("(max-width: 640px)").matches)
  each(".facet", facet => { facet.open = facet.querySelector("[aria-current]") !== null; });

/* ---- what was just done ------------------------------------------------------------------- */

/* Screen readers tell what changes in a status, not what stands there from the beginning. */
each(".flash[role=status] > span", said => {
  said.classList.add("unsaid");
  setTimeout(() => said.classList.remove("unsaid"), 150);
});

/* ---- faults ------------------------------------------------------------------------------ */

document.getElementById("errors")?.focus();
