/* Built by cmd/assets. Licences of its parts: editor.licences.txt */
function r(e){e&&addEventListener("keydown",t=>{t.key!=="/"||t.ctrlKey||t.metaKey||t.altKey||t.isComposing||i(t.target)||(t.preventDefault(),e.focus(),e.select())})}function i(e){return e instanceof HTMLElement&&(e.isContentEditable||e.matches("input, textarea, select"))}r(document.querySelector("[data-seek]"));
