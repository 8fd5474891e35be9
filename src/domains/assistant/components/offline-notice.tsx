import { useSyncExternalStore } from "react";

export function OfflineNotice() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine, () => true);
  return (
    <div role="status">
      {!online && (
        <p className="mb-2 rounded border bg-warn-soft px-3 py-2 text-13 leading-body">
          You are offline. Earlier answers stay readable; new questions need the connection back.
        </p>
      )}
    </div>
  );
}

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}
