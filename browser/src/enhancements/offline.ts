// The dialog that keeps everything for reading offline, or forgets it.

import { button, element } from "../lib/dom.ts";
import { askWorker, type OfflineQuestion, type OfflineState } from "../lib/offline.ts";
import { translate } from "../messages/enhancements.ts";
import { megabytes, percentWords } from "../messages/i18n.ts";

/** Opens the dialog. */
export function showOffline(): void {
  const dialog = element("dialog", "shortcuts offline");
  dialog.setAttribute("aria-labelledby", "Offline");
  const title = element("h2", "", translate("offline"));
  title.id = "Offline";
  const close = button("shortcuts-close", translate("close"), () => dialog.close());
  const status = element("p");
  status.setAttribute("role", "status");
  let question: OfflineQuestion = "keep";
  const act = button("offline-act", "", async () => {
    act.disabled = true;
    if (question === "keep") void navigator.storage?.persist?.().catch(() => {});
    await ask(question);
  });
  act.hidden = true;
  const show = ({ kept, bytes, files, done, failed }: OfflineState) => {
    const size = megabytes(bytes);
    if (done !== undefined) {
      status.textContent = translate("offline_keeping", { share: percentWords(done / Math.max(1, files)) });
      return;
    }
    question = kept ? "forget" : "keep";
    const said = failed ? translate("offline_failed") : kept ? translate("offline_kept") : "";
    status.textContent = said || translate("offline_why");
    act.textContent = kept ? translate("offline_forget") : translate("offline_keep", { size });
    act.hidden = act.disabled = false;
  };
  const ask = async (what: OfflineQuestion) => {
    try {
      await askWorker(what, show);
    } catch {
      status.textContent = translate("offline_failed");
    }
  };
  dialog.append(title, close, status, act);
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  void ask("state");
}
