/* Quiz: chosen answers stay on the device until the paper is handed in. */
const { user } = document.getElementById("learn").dataset;
const say = (state) => document.dispatchEvent(new CustomEvent("save-state", { detail: { state, at: new Date() } }));
const quiz = document.querySelector("[data-quiz]");
const paper = (key) => `paper:${user}:${key}`;
if (quiz) {
  const key = paper(quiz.dataset.quiz);
  const inputs = [...quiz.querySelectorAll("[name^=q][value]")];
  try { for (const choice of JSON.parse(localStorage.getItem(key) || "[]")) for (const input of inputs) if (input.name + input.value === choice) input.checked = true; } catch { /* nothing was kept */ }
  const send = document.querySelector(`button[form="${quiz.id}"]`);
  const ask = () => {
    const open = [...quiz.querySelectorAll("fieldset")].filter((field) => !field.querySelector(":checked")).length;
    if (open) send.dataset.confirm = quiz.dataset.unanswered.replace("{n}", open);
    else delete send.dataset.confirm;
  };
  ask();
  quiz.addEventListener("change", () => {
    ask();
    try { localStorage.setItem(key, JSON.stringify(inputs.filter((i) => i.checked).map((i) => i.name + i.value))); say("saved"); } catch { /* they stay in the page */ }
  });
  quiz.addEventListener("submit", (event) => { if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); say("offline"); } }, true);
}
const marked = document.querySelector("[data-quiz-clear]")?.dataset.quizClear;
if (marked) try { for (const key of Object.keys(localStorage)) if (key.startsWith(paper(marked))) localStorage.removeItem(key); } catch { /* nothing was kept */ }
