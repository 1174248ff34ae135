// The dialog that asks for the password of the encrypted notes.

import { button, element } from "../lib/dom.ts";
import { translate } from "../messages/unlock.ts";

/** Opens the dialog; `unlock` gives false for a wrong password, and throws when something does not load. */
export function askPassword(unlock: (password: string) => Promise<boolean>): void {
  if (document.querySelector("dialog.unlock")) return;
  const dialog = element("dialog", "unlock");
  dialog.setAttribute("aria-labelledby", "Unlock");
  const title = element("h2", "", translate("title"));
  title.id = "Unlock";
  const lead = element("p", "", translate("lead"));
  lead.id = "UnlockLead";
  const form = element("form");
  const label = element("label", "", translate("password"));
  const field = element("input");
  field.type = "password";
  field.required = true;
  field.autocomplete = "current-password";
  field.setAttribute("aria-describedby", "UnlockSaid UnlockLead");
  label.append(field);
  const said = element("p", "unlock-said");
  said.id = "UnlockSaid";
  said.setAttribute("role", "alert");
  const open = element("button", "unlock-go", translate("open"));
  const cancel = button("unlock-cancel", translate("cancel"), () => dialog.close());
  form.append(label, said, open, cancel);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  dialog.append(title, lead, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  if (!globalThis.crypto?.subtle) {
    said.textContent = translate("insecure");
    open.disabled = true;
  }

  let busy = false;
  async function submit(): Promise<void> {
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    said.textContent = translate("busy");
    try {
      if (await unlock(field.value)) return;
      said.textContent = translate("wrong");
      field.select();
    } catch {
      said.textContent = translate("lost");
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
      field.setAttribute("aria-invalid", String(said.textContent === translate("wrong")));
    }
  }
}
