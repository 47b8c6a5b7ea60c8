/*
 * The meeting's page keeps up with its room: on each event (server-sent, out of the ledger) the parts that show what was said are read anew;
 * what somebody is typing is not touched. A lost connection says so; the browser comes again with the number of the last event, so nothing
 * is missed. Without this the page shows the newest when it is loaded again.
 */
"use strict";

(() => {
  const place = document.querySelector("[data-meeting]");

  if (!place || !window.EventSource) return;

  const LOST_MS = 3000, BACK_MS = 5000;
  const says = place.dataset;
  let reading = false, again = false, lost = false, timer = 0;

  function say(text) {
    const line = document.createElement("p");

    line.className = "flash flash-note";
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
  }

  /* One question at a time; what happens meanwhile is asked for once more. */
  async function read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, credentials: "same-origin" });

      if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      /* the connection says itself that it is lost */
    }
    reading = false;
    if (again) {
      again = false;
      read();
    }
  }

  function take(fresh) {
    document.querySelectorAll("[data-part]").forEach(part => {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);

      if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...document.importNode(other, true).childNodes);
    });
  }

  const source = new EventSource(says.meeting);

  source.addEventListener("step", read);
  source.addEventListener("end", () => {
    source.close();
    say(says.ended);
  });
  source.addEventListener("open", () => {
    clearTimeout(timer);
    if (!lost) return;
    lost = false;
    say(says.back);
    read();
    timer = setTimeout(() => say(""), BACK_MS);
  });
  source.addEventListener("error", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      lost = true;
      say(says.lost);
    }, LOST_MS);
  });
})();
