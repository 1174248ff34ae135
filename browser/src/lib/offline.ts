// The service worker of a site as its pages know it: where it is, what it is asked, and how it goes.

export const WORKER = "sw.js";

/** What the worker tells. */
export interface OfflineState {
  /** Whether everything is kept. */
  kept: boolean;
  files: number;
  bytes: number;
  /** Files that are kept already, while everything is being kept. */
  done?: number;
  failed?: boolean;
}

/** What a worker can be asked: how things are, to keep everything, to forget it. */
export type OfflineQuestion = "state" | "keep" | "forget";

/** Asks the worker of the site; `onState` hears all that it tells, the last of which is the answer. */
export async function askWorker(
  question: OfflineQuestion,
  onState: (state: OfflineState) => void = () => {},
): Promise<OfflineState> {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve, reject) => {
    if (!active) {
      reject(new Error("the site has no worker"));
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<OfflineState>) => {
      onState(data);
      if (data.done !== undefined) return;
      port1.close();
      resolve(data);
    };
    active.postMessage({ ask: question }, [port2]);
  });
}

/** Makes an end of the worker that the site once had, and of all that it kept. */
export async function retireWorker(home: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(home);
  if (registration?.scope === home) await registration.unregister();
  await caches.delete(`notegen ${home}`);
}
