import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { ThemeSwitch } from "#ui/shell/theme-switch.tsx";
import type { Theme } from "#ui/shell/theme.ts";

export function FrameFooter({ theme, version }: { theme: Theme; version: string }) {
  return (
    <div className="flex items-center gap-3 border-t pt-3 text-13">
      <a href="/api/openapi.json" className="touch-area">
        API
      </a>
      <span className="text-12 text-muted">{version}</span>
      <div className="ml-auto">
        <ThemeSwitch
          initial={theme}
          options={[
            { theme: "system", label: "Theme of the system", icon: <Monitor /> },
            { theme: "light", label: "Light theme", icon: <Sun /> },
            { theme: "dark", label: "Dark theme", icon: <Moon /> },
          ]}
        />
      </div>
    </div>
  );
}
