// A click on the number dials and begins the call. Without this, the button beside it begins it.
for (const link of document.querySelectorAll("a[data-starts]")) {
  link.addEventListener("click", () => {
    const form = document.getElementById(link.dataset.starts);
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" })
      .finally(() => window.location.reload());
  });
}
