// Dark or light: by the system, until the user says otherwise.

const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

const themeNow = () => state.theme || (darkSystem.matches ? "dark" : "light");
const palette = () => PALETTES[themeNow()];

function followTheme() {
  const now = themeNow();
  document.documentElement.dataset.theme = now;
  const toggleButton = document.getElementById("theme");
  toggleButton.setAttribute("aria-label", now === "dark" ? "Switch to light" : "Switch to dark");
  toggleButton.textContent = now === "dark" ? "Light" : "Dark";
}

function switchTheme() {
  const next = themeNow() === "dark" ? "light" : "dark";
  change({ theme: next === (darkSystem.matches ? "dark" : "light") ? "" : next });
}
