// Loads a script by inserting it: the one way to load anything that works at file:// too.

/** Loads the classic script at the address and gives what it adds to the namespace under the name. */
export async function loadAdded<Content>(address: string, name: string): Promise<Content> {
  const decrypted = await window.notegen.unlocked?.bring(address, name);
  if (decrypted !== undefined) return decrypted as Content;
  return loadPlain(address, name);
}

/** The same for what is not encrypted. */
export async function loadPlain<Content>(address: string, name: string): Promise<Content> {
  await loadScript(address);
  return window.notegen.take(name) as Content;
}

/** Runs the classic script at the address; its element is gone again when the promise settles. */
function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.charset = "utf-8";
    element.onload = () => {
      element.remove();
      resolve();
    };
    element.onerror = () => {
      element.remove();
      reject(new Error(`${address} did not load`));
    };
    document.head.append(element);
  });
}
