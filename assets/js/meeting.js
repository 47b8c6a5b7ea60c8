/*
 * The meeting's page keeps up with its room: on each event (server-sent, out of the ledger) the parts that show what was said are read anew;
 * what somebody is typing is not touched. The connection itself: stream.js. Without this the page shows the newest when it is loaded again.
 */
"use strict";

(() => {
  const place = document.querySelector("[data-meeting]");

  if (!place || !window.EventSource) return;

  const AGAIN_MS = 2000;
  const says = place.dataset;
  let reading = false, again = false;

  /* For so long; without ms: until the next. */
  function say(text, ms) {
    const line = document.createElement("p");

    line.className = "flash flash-note";
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
    if (ms) setTimeout(() => { if (place.contains(line)) say(""); }, ms);
  }

  /* ---- what was said -------------------------------------------------------------------- */

  function take(fresh) {
    document.querySelectorAll("[data-part]").forEach(part => {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);

      if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...document.importNode(other, true).childNodes);
    });
  }

  /* One question at a time; what happens meanwhile is asked for once more, and so is what could not be had. */
  async function read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;

    reading = false;
    if (text) take(new DOMParser().parseFromString(text, "text/html"));
    if (again || (!text && !stream.is_over())) setTimeout(read, text ? 0 : AGAIN_MS);
    again = false;
  }

  /* ---- the stream ----------------------------------------------------------------------- */

  const stream = stream_hold({
    address: since => (since ? says.meeting.replace(/since=\d+/, `since=${since}`) : says.meeting),
    step: read,
    opened: read,
    say,
    says,
  });
})();
