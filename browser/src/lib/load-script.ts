// Loads a script by inserting it: the one way to load anything that works at file:// too.

/** Runs the classic script at the address; its element is gone again when the promise settles. */
export function loadScript(address: string): Promise<void> {
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
