// Times in the reader's zone, short addresses of filters, and a way out of Airflow's frame. Pages work without it.
"use strict";

const when = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "short"});
for (const time of document.querySelectorAll("time[datetime*=T]")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.valueOf())) {
    time.title = time.textContent;
    time.textContent = when.format(at);
  }
}

for (const form of document.querySelectorAll("form.filters")) {
  // Days that were not changed stay "the last 30 days" instead of becoming two dates.
  form.addEventListener("submit", () => {
    const [from, to] = [form.elements.from, form.elements.to];
    const kept = from && to && from.value === from.defaultValue && to.value === to.defaultValue;
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) {
      const isDay = field === from || field === to;
      if (field.name && (field.value === "" || (kept && isDay && !asked.has(field.name)))) field.disabled = true;
    }
    if (kept && asked.has("days") && !asked.has("from")) {
      const days = document.createElement("input");
      days.type = "hidden";
      days.name = "days";
      days.value = asked.get("days");
      form.append(days);
    }
  });
}
// A page that comes back from the browser's memory has its fields again.
addEventListener("pageshow", () => document.querySelectorAll("form.filters :disabled").forEach((field) => { field.disabled = false; }));

if (window.self !== window.top) {
  for (const link of document.querySelectorAll("a.alone")) {
    link.href = location.href;
    link.hidden = false;
  }
  // Airflow's frame is sandboxed: a link in it opens no tab and leads the page around it nowhere. A link of that page does.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[target]");
    if (!link || event.defaultPrevented) return;
    let around;
    try {
      around = window.top.document;
    } catch {
      return; // a frame of another origin
    }
    event.preventDefault();
    const copy = around.createElement("a");
    copy.href = link.href;
    copy.rel = link.rel;
    copy.target = link.target === "_top" ? "_self" : link.target;
    around.body.append(copy);
    copy.click();
    copy.remove();
  });
}
