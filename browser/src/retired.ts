// Takes the place of the service worker of a site that can be read offline no more, and makes an end of it and of all that
// it kept.

interface RetiredScope {
  readonly registration: { readonly scope: string; unregister(): Promise<boolean> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", act: (event: RetiredEvent) => void): void;
}

interface RetiredEvent {
  waitUntil(work: Promise<unknown>): void;
}

const retired = self as unknown as RetiredScope;

retired.addEventListener("install", (event) => event.waitUntil(retired.skipWaiting()));
retired.addEventListener("activate", (event) => {
  const { registration } = retired;
  event.waitUntil(caches.delete(`notegen ${registration.scope}`).then(() => registration.unregister()));
});
