// What the pages do beside links and forms: dropped files, progress, the place of a quote. All else works without.
"use strict";

const csrf = document.querySelector('meta[name="csrf"]')?.content;
const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// Files: dropped, or chosen one by one or as a folder; kept here until the form is sent, with their place in the folder.
each("form[data-upload]", form => {
  const zone = form.querySelector("[data-drop]"), input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-chosen]"), count = zone.querySelector("[data-count]");
  const chosen = new Map();

  const add = async (file, path) => {
    const name = path || file.webkitRelativePath || file.name;
    chosen.set(name, file);
    const pasted = document.getElementById("pasted");
    if (pasted && /(^|\/)request\.ya?ml$/i.test(name) && file.size < 100000) {
      pasted.value = await file.text();
      pasted.closest("details").open = true;
    }
  };
  const show = () => {
    const names = [...chosen.keys()], shown = names.slice(0, 60).map(name => Object.assign(document.createElement("li"), { textContent: name }));
    list.replaceChildren(...shown);
    list.hidden = !names.length;
    count.textContent = names.length ? `${names.length} ${names.length === 1 ? "file" : "files"} chosen` : "";
  };
  const walk = async (entry, path) => {
    if (entry.isFile) return add(await new Promise((ok, no) => entry.file(ok, no)), path + entry.name);
    const reader = entry.createReader();
    for (let some; (some = await new Promise((ok, no) => reader.readEntries(ok, no))).length;)
      for (const one of some) await walk(one, `${path}${entry.name}/`);
  };
  const take = async files => {
    for (const file of files) await add(file);
    show();
    if (form.hasAttribute("data-at-once") && chosen.size) form.requestSubmit();
  };

  const folder = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true, hidden: true });
  const button = zone.querySelector("[data-folder]");
  zone.append(folder);
  folder.setAttribute("aria-label", "Folder");
  button.hidden = false;
  zone.classList.add("scripted");
  button.addEventListener("click", () => folder.click());
  folder.addEventListener("change", () => take(folder.files));
  input.addEventListener("change", async () => { const files = [...input.files]; input.value = ""; await take(files); });
  ["dragenter", "dragover"].forEach(kind => zone.addEventListener(kind, event => { event.preventDefault(); zone.classList.add("over"); }));
  ["dragleave", "drop"].forEach(kind => zone.addEventListener(kind, () => zone.classList.remove("over")));
  zone.addEventListener("drop", async event => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = [...event.dataTransfer.files];
    if (!entries.length) return take(files);
    for (const entry of entries) await walk(entry, "");
    return take([]);
  });

  form.addEventListener("submit", event => {
    event.preventDefault();
    const data = new FormData(form), request = new XMLHttpRequest();
    data.delete("files");
    chosen.forEach((file, name) => data.append("files", file, name));
    const buttons = form.querySelectorAll("button"), bar = zone.querySelector("[data-sending]");
    const busy = is => { buttons.forEach(one => { one.disabled = is; }); bar.hidden = !is; };
    request.upload.addEventListener("progress", sent => { if (sent.lengthComputable) bar.querySelector("progress").value = 100 * sent.loaded / sent.total; });
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const fields = page.getElementById("request-fields"), here = document.getElementById("request-fields");
      if (request.status < 400) { location.assign(request.responseURL); return; }
      busy(false);
      if (fields && here) { here.replaceWith(fields); document.title = page.title; fields.querySelector("[data-focus]")?.focus(); return; }
      count.textContent = page.querySelector("main p:not(.crumbs)")?.textContent || "The server refused this; try again.";
      count.className = "fault";
    });
    request.addEventListener("error", () => { busy(false); count.textContent = "The server could not be reached; nothing was kept. Try again."; count.className = "fault"; });
    request.open("POST", form.action);
    busy(true);
    request.send(data);
  });
});

// An audit that runs: ask every second how far it is, and show the whole page anew once it is over.
const watch = () => {
  const part = document.querySelector("[data-progress]");
  if (!part) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(part.dataset.progress, { headers: { "X-Background": "1" }, redirect: "error" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
      if (!fresh.dataset.progress) { location.reload(); return; }
      const bar = part.querySelector("progress"), now = fresh.querySelector("progress"), said = part.querySelector("[role=status]");
      if (part.dataset.state !== fresh.dataset.state || fresh.querySelector("h2").textContent !== part.querySelector("h2").textContent) part.replaceWith(fresh);
      else {
        if (now.hasAttribute("value")) { bar.max = now.max; bar.value = now.value; }
        said.textContent = fresh.querySelector("[role=status]").textContent;
      }
    } catch { /* the server may be starting again: ask again */ }
    watch();
  }, 1000);
};
watch();

// What a page says first when something is wrong has the focus.
document.querySelector("[data-focus]")?.focus();

// A quote and its words in the chart: choosing the one lights the other.
const light = (anchor, scroll) => {
  each(".lit", one => one.classList.remove("lit"));
  each(`[data-quote="${anchor}"]`, one => one.classList.add("lit"));
  each("[data-quotes]", one => { if (one.dataset.quotes.split(" ").includes(anchor)) one.classList.add("lit"); });
  if (scroll) document.getElementById(anchor)?.scrollIntoView({ block: "center" });
};
each("[data-quote]", link => link.addEventListener("click", event => {
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  light(link.dataset.quote, true);
}));
each("[data-card]", card => card.addEventListener("toggle", () => {
  if (card.open && card.dataset.first) light(card.dataset.first, matchMedia("(min-width: 60.01rem)").matches);
}));

// A word of the chart: what was read there, beside it, with the focus; closing gives the focus back.
const place = document.querySelector("[data-read]");
const shut = () => {
  const word = document.querySelector(".word[aria-current]");
  place?.replaceChildren();
  word?.removeAttribute("aria-current");
  word?.focus();
};
const reveal = id => {
  const one = id ? document.getElementById(id) : null;
  if (one?.matches("details")) { one.open = true; one.scrollIntoView({ block: "start" }); one.querySelector("summary").focus({ preventScroll: true }); }
  else if (one?.matches(".word")) { one.scrollIntoView({ block: "center" }); one.focus({ preventScroll: true }); }
};
if (place) {
  document.addEventListener("click", async event => {
    const word = event.target.closest?.(".word");
    if (event.target.closest?.("[data-close]") && place.firstChild) { event.preventDefault(); shut(); return; }
    const criterion = event.target.closest?.("[data-criterion]");
    if (criterion) { event.preventDefault(); shut(); reveal(criterion.hash.slice(1)); return; }
    if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(word.href, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) { location.assign(word.href); return; }
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("read");
    document.querySelector(".word[aria-current]")?.removeAttribute("aria-current");
    word.setAttribute("aria-current", "true");
    place.replaceChildren(part);
    attributes(part);
    part.querySelector("#read-head").focus();
    if (word.getBoundingClientRect().top < place.getBoundingClientRect().bottom) window.scrollBy({ top: word.getBoundingClientRect().top - place.getBoundingClientRect().bottom - 24, behavior: "instant" });
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape" && place.firstChild) shut(); });
  reveal(decodeURIComponent(location.hash.slice(1)));
}

// Choosing "changed" opens the attributes.
const attributes = root => each('.review input[name="action"]', choice => choice.addEventListener("change", () => {
  choice.form.querySelector("[data-attributes]").open = choice.value === "change";
}), root);
attributes(document);

// Words that a reviewer marks in the chart are put into the form below their document.
document.addEventListener("selectionchange", () => {
  const marked = getSelection(), node = marked.anchorNode?.parentElement?.closest(".document");
  const form = node?.querySelector("[data-adding]"), words = marked.toString().trim();
  if (!form || !words || words.length > 500 || !marked.anchorNode.parentElement.closest(".paper")) return;
  const before = [...node.querySelectorAll(".word")].filter(one => one.compareDocumentPosition(marked.getRangeAt(0).startContainer) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  form.elements.words.value = words.replace(/\s+/g, " ");
  form.elements.near.value = before ? before.id.split("-")[1] : 0;
});

// A confirmation needs no reason; whatever else is said does, and the browser asks for it before anything is sent.
document.addEventListener("change", event => {
  const fields = event.target.form?.matches(".review") ? event.target.form.elements : null;
  if (!fields?.reason) return;
  const said = fields.action?.value ?? fields.status?.value;
  fields.reason.required = Boolean(said) && said !== "confirm";
});
