/* Search: opened by its link or with /, loaded on first use. Without a script the link leads to A–Z. */
"use strict";
(() => {
  const link = document.querySelector(".find a");
  if (!link || !window.HTMLDialogElement) return;
  const open = (event) => {
    event?.preventDefault();
    if (window.openSearch) return window.openSearch();
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.root.replace(/\/$/, "")}/assets/search.js`;
    script.onload = () => window.openSearch();
    script.onerror = () => location.assign(link.href);
    document.head.append(script);
  };
  const silent = () => {
    try {
      return localStorage.getItem("no-slash");
    } catch {
      return null;
    }
  };
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input,select,textarea,dialog[open]") || silent()) return;
    open(event);
  });
  if (new URLSearchParams(location.search).has("q")) open();
})();
