// Asks for the page again every two seconds and shows what is new. Holds no "less than" and no ampersand, so that HTML and XML read it alike.
const refresh = async () => {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["header", "main"]) document.querySelector(part).replaceWith(page.querySelector(part));
    document.body.classList.remove("stale");
  } catch {
    document.body.classList.add("stale");
  }
  setTimeout(refresh, 2000);
};
setTimeout(refresh, 2000);
