/* Small comforts; every page works without them. */
"use strict";

{
  // A second press of the same button within a few seconds is a slip. The button is not disabled:
  // a disabled button's name and value would not be sent.
  const SLIP_MS = 4000;
  let last = {};
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const slip = last.form === event.target && last.submitter === event.submitter
      && Date.now() - last.at < SLIP_MS;
    if (slip) event.preventDefault();
    else last = { form: event.target, submitter: event.submitter, at: Date.now() };
  });
  // A page that comes back from the browser's memory after 「戻る」 must send again at once.
  window.addEventListener("pageshow", () => { last = {}; });
}

{
  // Printing needs a script, so the button shows itself only where one runs.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

{
  // So does copying: the lines of what is named, as they stand.
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    const source = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      const items = source.querySelectorAll("li");
      const lines = [...(items.length ? items : [source])].map((line) => line.textContent.trim());
      await navigator.clipboard.writeText(lines.join("\n"));
      button.textContent = "コピーしました";
    });
  }
}

{
  // What is left of a long answer: seen at once, spoken only after a pause in typing.
  // The server counts the same way: code points, a line break as one.
  const PAUSE_MS = 1000;
  const words = (left) =>
    left >= 0 ? `あと${left.toLocaleString("ja")}文字` : `${(-left).toLocaleString("ja")}文字超過`;

  const counterOf = (area) => {
    const ids = area.dataset.countFor
      ? [area.dataset.countFor]
      : (area.getAttribute("aria-describedby") || "").split(/\s+/);
    return ids.map((id) => document.getElementById(id))
      .find((element) => element && (area.dataset.countFor || element.classList.contains("field__count")));
  };

  for (const area of document.querySelectorAll("textarea[data-limit]")) {
    const shown = counterOf(area);
    const limit = Number(area.dataset.limit);
    if (!shown || !(limit > 0)) continue;

    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    shown.after(spoken);

    let pause;
    const count = () => {
      const left = limit - [...area.value.replace(/\r\n?/g, "\n")].length;
      shown.textContent = words(left);
      shown.classList.toggle("field__count--over", left < 0);
      return left;
    };
    area.addEventListener("input", () => {
      const left = count();
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = words(left); }, PAUSE_MS);
    });
    window.addEventListener("pageshow", count);
  }
}

{
  // What the page says first; not every browser heeds `autofocus` on what is no input.
  const said = document.querySelector("main [autofocus]");
  if (said) said.focus();
}

{
  // A file leaves the page standing that asked for it: what it said of the attempt before goes.
  for (const form of document.querySelectorAll("form[data-file]")) {
    form.addEventListener("submit", () => {
      for (const said of document.querySelectorAll(".errornote, .errorlist")) said.remove();
      for (const row of form.querySelectorAll(".errors")) row.classList.remove("errors");
    });
  }
}
