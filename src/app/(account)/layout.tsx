import type { ReactNode } from "react";
import { AppFrame } from "#app/app-frame.tsx";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <AppFrame>{children}</AppFrame>;
}
