// The words of the page's comforts, in one place.

export const PHRASES = {
  copyCode: "Copy the code",
  copied: "Copied",
  notCopied: "The browser did not allow copying",
} as const;
