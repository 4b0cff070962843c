/** The style of the secret's page. By itself, because the page's policy names its hash. */
export const secretPageStyle = `
:root { color-scheme: light dark; --ground: #f6f6f8; --card: #fff; --ink: #1d1c1d; --quiet: #5c5a5e;
  --line: #d6d5d9; --edge: #86848a; --main: #0b5cad; --on-main: #fff; --bad: #b3140f; --bad-ground: #fdeceb; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #131417; --card: #1d1f23; --ink: #e8e7ea; --quiet: #a9a7ae;
    --line: #383a40; --edge: #85838b; --main: #6db3f8; --on-main: #0b1a29; --bad: #ff8f87; --bad-ground: #3a1c1a; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", sans-serif; }
main { max-width: 620px; margin: 4vh auto; padding: 28px 32px; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px; }
.product { margin: 0; color: var(--quiet); font-size: 14px; }
h1 { margin: 4px 0 12px; font-size: 24px; line-height: 1.3; }
p { margin: 0 0 16px; }
main > p:last-child { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 20px; padding: 12px 16px;
  border: 1px solid var(--line); border-radius: 8px; font-size: 14px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; margin-bottom: 6px; font-weight: 600; }
input, textarea { width: 100%; padding: 10px 12px; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--card); color: inherit; font: 16px/1.4 ui-monospace, Consolas, monospace; }
textarea { font-size: 13px; resize: vertical; }
input[aria-invalid] { border-color: var(--bad); }
input:focus-visible, textarea:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 3px solid var(--main); outline-offset: 2px; }
.hint { margin: 6px 0 16px; color: var(--quiet); font-size: 14px; }
.problem { padding: 10px 12px; border-radius: 8px; background: var(--bad-ground); color: var(--bad); }
details { margin-bottom: 20px; }
summary { margin-bottom: 10px; color: var(--main); cursor: pointer; border-radius: 4px; }
button { padding: 10px 24px; border: 0; border-radius: 8px; background: var(--main); color: var(--on-main);
  font: inherit; font-weight: 600; cursor: pointer; }
form > .hint:last-child { margin: 14px 0 0; }
@media (max-width: 520px) { main { margin: 0; padding: 20px; } dl { grid-template-columns: 1fr; } dt { margin-top: 4px; } }
`;
