// Automatic log-off: a warning before it, and the way out at its end. Another tab in use keeps this one signed in.
"use strict";

(() => {
  const idle = Number(document.querySelector('meta[name="idle-minutes"]')?.content) * 60;
  if (!idle) return;
  const notice = Math.min(60, idle / 2); // seconds before the end
  let dialog = null;
  let timer = 0;

  const left = async (background) => {
    const headers = background ? { "x-background": "1" } : {};
    const answer = await fetch("/session", { headers, redirect: "manual" });
    return answer.ok ? (await answer.json()).seconds : 0;
  };

  const look = async () => {
    let seconds = notice;
    try {
      seconds = await left(true);
    } catch {
      return again(30); // the server is away: look later
    }
    if (seconds <= 0) return leave();
    if (seconds <= notice) warn(seconds);
    else dismiss();
    again(seconds > notice ? seconds - notice : Math.min(5, seconds));
  };

  const again = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, seconds) * 1000);
  };

  const leave = () => location.replace("/sign-in?why=idle&next=" + encodeURIComponent(location.pathname));

  const warn = (seconds) => {
    if (!dialog) dialog = build();
    dialog.querySelector("[data-left]").textContent = `In ${Math.max(1, Math.round(seconds))} seconds`;
    if (!dialog.open) dialog.showModal();
  };

  const dismiss = () => dialog?.open && dialog.close();

  const build = () => {
    const made = document.createElement("dialog");
    made.className = "panel";
    made.setAttribute("aria-labelledby", "idle-title");
    const title = document.createElement("h2");
    title.id = "idle-title";
    title.textContent = "Are you still there?";
    const said = document.createElement("p");
    const when = document.createElement("span");
    when.dataset.left = "";
    said.append(when, " you will be signed out, so that nobody else reads on. What is typed but not saved is lost then.");
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "main";
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", () => made.close());
    made.addEventListener("close", async () => again((await left(false).catch(() => 0)) - notice));
    made.append(title, said, stay);
    document.body.append(made);
    return made;
  };

  again(idle - notice);
})();
