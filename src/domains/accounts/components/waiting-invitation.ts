/** Where the secret of an invitation's link waits in this tab while its reader signs in: their own, until the tab is closed. */
const storageKey = "tieline-invitation";

/** A browser that is told to keep nothing throws at the storage itself. */
function inStorage<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}

export function keepInvitation(token: string): void {
  inStorage((storage) => storage.setItem(storageKey, token));
}

export function waitingInvitation(): string | null {
  return inStorage((storage) => storage.getItem(storageKey));
}

export function forgetInvitation(): void {
  inStorage((storage) => storage.removeItem(storageKey));
}
